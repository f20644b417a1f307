package io.bywash.console.view;

import io.bywash.console.settings.ConsoleSettings.Contents;
import io.bywash.core.snapshot.GroupSnapshot;
import java.util.List;

/**
 * Where the partitions of a consumer stand.
 *
 * @param taken when that was so
 * @param partitions the partitions, by topic and number
 */
public record PartitionsView(String taken, List<PartitionView> partitions) {

    static PartitionsView of(GroupSnapshot snapshot, Contents contents) {
        return new PartitionsView(
                Times.text(snapshot.taken()),
                snapshot.partitions().stream()
                        .map(partition -> PartitionView.of(partition, snapshot.taken(), contents))
                        .toList());
    }
}
