/**
 * One read-only port for those who watch the consumers of a process: {@code /metrics} for Prometheus, {@code /livez}, {@code /readyz}
 * and {@code /startupz} for the probes of an orchestrator. Everything it says comes from the snapshots of the consumers and from the
 * metric registry of the application.
 */
package io.bywash.monitoring;
