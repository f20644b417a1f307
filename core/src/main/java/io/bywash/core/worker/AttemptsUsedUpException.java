package io.bywash.core.worker;

/** Stands for the failures of a record under a former owner of its partition, whose details did not travel. */
public final class AttemptsUsedUpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AttemptsUsedUpException(int attempts) {
        super("the record failed " + attempts
                + " times under a former owner of the partition, whose log has the details");
    }
}
