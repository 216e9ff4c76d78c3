package dev.sonde.aspects;

import com.example.shop.SpringProgram;
import dev.sonde.testkit.contract.Capability;
import dev.sonde.testkit.contract.ObserveContract;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the annotations mean for beans of Spring AOP, whose proxies see calls from outside only. */
class SpringAopContractIT extends ObserveContract {

    @Override
    protected List<String> observed(Map<String, String> options, String mainClass) {
        return Command.java().properties(options).of(SpringProgram.class.getName());
    }

    @Override
    protected List<String> plain(String mainClass) {
        return Command.java().of(mainClass);
    }

    @Override
    protected Set<Capability> gaps() {
        return Set.of(Capability.INHERITED, Capability.EVERY_CALL);
    }
}
