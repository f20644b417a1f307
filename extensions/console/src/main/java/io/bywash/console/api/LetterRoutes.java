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

    private final Consumers consumers;
    private final SlowWork slow;
    private final Contents contents;

    LetterRoutes(Consumers consumers, SlowWork slow, Contents contents) {
        this.consumers = consumers;
        this.slow = slow;
        this.contents = contents;
    }

    private record Groups(List<Group> groups, boolean complete) {}

    private record Group(String exception, String handler, long count, String oldest, String newest, Place example) {}

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
            String exception,
            String message,
            String handler,
            @Nullable Integer attempts,
            String at,
            int redrives) {}

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/consumers/{name}/dead-letters", this::groups),
                Route.get("/api/v1/consumers/{name}/dead-letters/records", this::records));
    }

    private void groups(Context context) {
        GroupConsumer consumer = consumers.named(context);
        LetterFilter filter = Filters.of(new Parameters(context));
        slow.answer(
                context,
                () -> new Groups(
                        pages(consumer, filter, 0)
                                .flatMap(page -> page.groups().stream())
                                .sorted(Comparator.comparingLong(LetterGroup::count)
                                        .reversed())
                                .map(LetterRoutes::group)
                                .toList(),
                        true));
    }

    private static Stream<LetterPage> pages(GroupConsumer consumer, LetterFilter filter, int limit) {
        Letters letters = new Letters(consumer.settings());
        return letters.sources().stream().map(source -> letters.list(source, filter, RedriveScope.PENDING, limit));
    }

    private static Group group(LetterGroup group) {
        return new Group(
                group.type(),
                String.join(", ", group.handlers()),
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
        slow.answer(context, () -> {
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
                letter.error().type(),
                shortened(letter.error().message()),
                letter.handler(),
                letter.attempts().isPresent() ? letter.attempts().getAsInt() : null,
                letter.time().toString(),
                letter.redrives());
    }

    private @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null || contents == Contents.HIDDEN
                ? null
                : shortened(new String(bytes, 0, Math.min(bytes.length, MOST_CHARACTERS), StandardCharsets.UTF_8));
    }

    private static String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }
}
