package com.example.shop;

import com.example.contract.Beans;
import com.example.contract.Program;
import dev.sonde.aspects.ObserveAspect;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.EnableAspectJAutoProxy;

/** The contract's program with its objects as beans. */
public final class SpringProgram {

    private SpringProgram() {}

    /** Proxies of classes, because the program's objects have no interfaces. */
    @EnableAspectJAutoProxy(proxyTargetClass = true)
    static class Config {}

    public static void main(String... arguments) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(Config.class, ObserveAspect.class);
            context.register(Program.types());
            context.refresh();
            Program.run(new Beans() {
                @Override
                public <T> T get(Class<T> type) {
                    return context.getBean(type);
                }
            });
        }
    }
}
