package io.bywash.runtime.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Where handler jars are, and what they share with Bywash.
 *
 * @param folder where they are dropped; it need not exist
 * @param parentFirst how the names of classes begin that come from Bywash, besides those that always do
 */
public record HandlerJars(Path folder, List<String> parentFirst) {}
