package io.bywash.tools.cli;

import io.bywash.core.settings.ConsumerSettings;
import io.bywash.runtime.cli.ExitCode;
import io.bywash.tools.offsets.GroupOffsets;
import io.bywash.tools.offsets.GroupReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Looks at groups one by one. One that cannot be told hides none of the others. */
final class GroupLook {
    private GroupLook() {}

    /**
     * Looks at the groups that are chosen.
     *
     * @param each gets what is found of each, at once
     * @return how the command ends: as it does for the group that is worst off
     */
    static int at(OutputOption output, ConsumerChoice consumers, Consumer<GroupOffsets> each) {
        List<ConsumerSettings> chosen = new ArrayList<>();
        int worst = Attempt.at(output, () -> {
            chosen.addAll(consumers.settings(output.err()));
            return ExitCode.OK;
        });
        for (ConsumerSettings settings : chosen) {
            int code = Attempt.at(output, () -> {
                each.accept(new GroupReader(settings).read());
                return ExitCode.OK;
            });
            worst = Math.max(worst, code);
        }
        return worst;
    }
}
