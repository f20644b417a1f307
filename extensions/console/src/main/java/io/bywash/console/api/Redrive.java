package io.bywash.console.api;

import io.bywash.core.settings.ConsumerSettings;

/** One redrive: whose letters, what is wanted, and how it gets on. Guarded by itself. */
final class Redrive {
    private final ConsumerSettings settings;
    private final Redrives.Plan plan;
    private RedriveStatus status;
    private boolean toStop;

    Redrive(String id, ConsumerSettings settings, Redrives.Plan plan) {
        this.settings = settings;
        this.plan = plan;
        this.status = RedriveStatus.begun(id, settings.name(), plan.mode() == Redrives.Mode.REHEARSE);
    }

    ConsumerSettings settings() {
        return settings;
    }

    Redrives.Plan plan() {
        return plan;
    }

    synchronized RedriveStatus status() {
        return status;
    }

    synchronized RedriveStatus set(RedriveStatus now) {
        status = now;
        return now;
    }

    synchronized boolean isToStop() {
        return toStop;
    }

    synchronized void stop() {
        toStop = true;
    }
}
