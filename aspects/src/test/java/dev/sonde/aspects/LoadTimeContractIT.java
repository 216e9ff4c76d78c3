package dev.sonde.aspects;

import dev.sonde.testkit.contract.Capability;
import dev.sonde.testkit.contract.ObserveContract;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the annotations mean, woven at load time. */
class LoadTimeContractIT extends ObserveContract {

    @Override
    protected List<String> observed(Map<String, String> options, String mainClass) {
        return Command.java()
                .option("-javaagent:" + Command.entry("aspectjweaver"))
                .properties(options)
                .of(mainClass);
    }

    @Override
    protected List<String> plain(String mainClass) {
        return Command.java().of(mainClass);
    }

    @Override
    protected Set<Capability> gaps() {
        return Set.of(Capability.INHERITED);
    }
}
