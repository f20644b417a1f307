package io.bywash.console.api;

import io.bywash.console.http.Route;
import io.bywash.console.settings.ConsoleSettings.Contents;
import io.bywash.core.GroupConsumer;
import io.bywash.core.event.RecordPosition;
import io.bywash.tools.deadletter.Letter;
import io.bywash.tools.deadletter.LetterFilter;
import io.bywash.tools.deadletter.LetterGroup;
import io.bywash.tools.deadletter.LetterPage;
import io.bywash.tools.deadletter.Letters;
import io.bywash.tools.deadletter.RedriveScope;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The dead letters that wait to be seen to. All that a letter says is text that anybody may have written. */
final class LetterRoutes {
    private static final int SHOWN = 50;
    private static final int MOST_SHOWN = 500;
    private static final int MOST_CHARACTERS = 4_000;
    private static final int MOST_HEADERS = 50;
    private static final int MOST_HEADER_CHARACTERS = 500;
    private static final int GROUPS_ALONE = 0;
    private static final int SHARE_OF_TIME = 20;
    private static final Duration LEAST_KEPT = Duration.ofSeconds(3);
    private static final Duration MOST_KEPT = Duration.ofMinutes(10);

    private final Consumers consumers;
    private final Answers<Question> answers;
    private final Contents contents;

    LetterRoutes(Consumers consumers, SlowWork slow, Contents contents) {
        this.consumers = consumers;
        this.answers = new Answers<>(slow, LetterRoutes::goodFor);
        this.contents = contents;
    }

    /** Each question reads all letters, so no more than a twentieth of the time is spent on it. */
    private static Duration goodFor(Duration cost) {
        Duration wanted = cost.multipliedBy(SHARE_OF_TIME);
        Duration most = wanted.compareTo(MOST_KEPT) < 0 ? wanted : MOST_KEPT;
        return most.compareTo(LEAST_KEPT) > 0 ? most : LEAST_KEPT;
    }

    private record Question(String consumer, String what, LetterFilter filter, int limit) {}

    private record Groups(String taken, List<Group> groups) {}

    private record Group(
            String exception,
            boolean several,
            List<String> handlers,
            long count,
            String oldest,
            String newest,
            Place example) {}

    private record Place(String topic, int partition, long offset) {
        static Place of(RecordPosition position) {
            return new Place(position.partition().topic(), position.partition().partition(), position.offset());
        }
    }

    private record Records(List<Item> letters) {}

    private record Item(
            String topic,
            int partition,
            long offset,
            @Nullable String sourceTopic,
            @Nullable Integer sourcePartition,
            @Nullable Long sourceOffset,
            @Nullable String key,
            @Nullable String value,
            @Nullable List<NamedText> headers,
            String exception,
            String message,
            String handler,
            @Nullable Integer attempts,
            String at,
            int redrives) {}

    private record NamedText(String name, @Nullable String value) {}

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/consumers/{name}/dead-letters", this::groups),
                Route.get("/api/v1/consumers/{name}/dead-letters/records", this::records));
    }

    private void groups(Context context) {
        GroupConsumer consumer = consumers.named(context);
        LetterFilter filter = Filters.of(new Parameters(context));
        answers.answer(context, new Question(consumer.settings().name(), "groups", filter, GROUPS_ALONE), () -> {
            String taken = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
            return new Groups(
                    taken,
                    LetterGroup.merged(pages(consumer, filter, GROUPS_ALONE)
                                    .flatMap(page -> page.groups().stream())
                                    .toList())
                            .stream()
                            .map(LetterRoutes::group)
                            .toList());
        });
    }

    /** The letters of a consumer are others now. */
    void forget(String consumer) {
        answers.forget(question -> question.consumer.equals(consumer));
    }

    private static Stream<LetterPage> pages(GroupConsumer consumer, LetterFilter filter, int limit) {
        Letters letters = new Letters(consumer.settings());
        return letters.sources().stream().map(source -> letters.list(source, filter, RedriveScope.PENDING, limit));
    }

    private static Group group(LetterGroup group) {
        return new Group(
                group.type(),
                group.isOfSeveral(),
                List.copyOf(group.handlers()),
                group.count(),
                group.oldest().toString(),
                group.newest().toString(),
                Place.of(group.last()));
    }

    private void records(Context context) {
        GroupConsumer consumer = consumers.named(context);
        Parameters parameters = new Parameters(context);
        LetterFilter filter = Filters.of(parameters);
        int limit = parameters.number("limit", SHOWN, MOST_SHOWN);
        answers.answer(context, new Question(consumer.settings().name(), "records", filter, limit), () -> {
            List<Letter> newest = new ArrayList<>(pages(consumer, filter, limit)
                    .flatMap(page -> page.letters().stream())
                    .toList());
            newest.sort(Comparator.comparing(Letter::time).reversed());
            return new Records(newest.stream().limit(limit).map(this::item).toList());
        });
    }

    private Item item(Letter letter) {
        RecordPosition at = letter.position();
        @Nullable RecordPosition source = letter.source().orElse(null);
        return new Item(
                at.partition().topic(),
                at.partition().partition(),
                at.offset(),
                source == null ? null : source.partition().topic(),
                source == null ? null : source.partition().partition(),
                source == null ? null : source.offset(),
                text(letter.record().key()),
                text(letter.record().value()),
                contents == Contents.HIDDEN ? null : headers(letter),
                letter.error().type(),
                shortened(letter.error().message(), MOST_CHARACTERS),
                letter.handler(),
                letter.attempts().isPresent() ? letter.attempts().getAsInt() : null,
                letter.time().toString(),
                letter.redrives());
    }

    private List<NamedText> headers(Letter letter) {
        return letter.ownHeaders().stream()
                .limit(MOST_HEADERS)
                .map(header -> new NamedText(
                        shortened(header.key(), MOST_HEADER_CHARACTERS), text(header.value(), MOST_HEADER_CHARACTERS)))
                .toList();
    }

    private @Nullable String text(byte @Nullable [] bytes) {
        return text(bytes, MOST_CHARACTERS);
    }

    private @Nullable String text(byte @Nullable [] bytes, int most) {
        return bytes == null || contents == Contents.HIDDEN
                ? null
                : shortened(new String(bytes, 0, Math.min(bytes.length, most), StandardCharsets.UTF_8), most);
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }
}
