package io.bywash.console.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bywash.tools.ToolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private final SlowWork slow = new SlowWork("test");
    private final AtomicInteger asked = new AtomicInteger();

    private record Count(int count) {}

    @AfterEach
    void close() {
        slow.close();
    }

    private Answers<String> goodFor(Duration time) {
        return new Answers<>(slow, cost -> time);
    }

    private Object ask() {
        return new Count(asked.incrementAndGet());
    }

    private static String text(CompletableFuture<byte[]> answer) {
        return new String(answer.join(), StandardCharsets.UTF_8);
    }

    @Test
    void howeverManyWaitItIsAskedOnce() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        Answers<String> answers = goodFor(Duration.ZERO);
        List<CompletableFuture<byte[]>> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add(answers.ask("letters", () -> {
                try {
                    told.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return ask();
            }));
        }
        told.countDown();
        waiting.forEach(answer -> assertEquals("{\"count\":1}", text(answer)));
        assertEquals("{\"count\":2}", text(answers.ask("letters", this::ask)), "no answer is good for any time");
    }

    @Test
    void anAnswerIsKeptUntilItIsForgotten() {
        Answers<String> answers = goodFor(Duration.ofHours(1));
        assertEquals("{\"count\":1}", text(answers.ask("letters", this::ask)));
        assertEquals("{\"count\":1}", text(answers.ask("letters", this::ask)));
        answers.forget("letters"::equals);
        assertEquals("{\"count\":2}", text(answers.ask("letters", this::ask)));
    }

    @Test
    void aFailureIsNotKept() {
        Answers<String> answers = goodFor(Duration.ofHours(1));
        CompletableFuture<byte[]> failed = answers.ask("letters", () -> {
            throw ToolException.refused("not now");
        });
        assertThrows(CompletionException.class, failed::join);
        assertEquals("{\"count\":1}", text(answers.ask("letters", this::ask)));
    }

    @Test
    void manyQuestionsDoNotFillTheMemory() {
        Answers<Integer> answers = new Answers<>(slow, cost -> Duration.ofHours(1));
        for (int i = 0; i < 100; i++) {
            text(answers.ask(i, this::ask));
        }
        assertEquals("{\"count\":101}", text(answers.ask(0, this::ask)), "the eldest is forgotten");
        assertEquals("{\"count\":100}", text(answers.ask(99, this::ask)));
    }
}
