/** Spans of OpenTelemetry round the calls of handlers. Depends on its API alone; what becomes of a span is the application's choice. */
package io.bywash.tracing;
