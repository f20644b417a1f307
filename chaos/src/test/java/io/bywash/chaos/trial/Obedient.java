package io.bywash.chaos.trial;

import io.bywash.chaos.process.ParentWatch;
import java.util.concurrent.CountDownLatch;

/** A process that ends at once, with the code it is told, or waits for its end if it is told none. */
public final class Obedient {
    private Obedient() {}

    public static void main(String[] code) throws InterruptedException {
        ParentWatch.begin();
        if (code.length > 0) {
            System.exit(Integer.parseInt(code[0]));
        }
        new CountDownLatch(1).await();
    }
}
