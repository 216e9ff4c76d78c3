package dev.sonde.runtime.export;

import dev.sonde.boot.Hooks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InvalidAttributeValueException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * What the exporter counts, as the MBean {@code dev.sonde:type=Tracer}, with the kill switch as its writable attribute
 * {@code Enabled}. Registered with a server that is there already, because making one takes longer than the rest of the
 * tracer's start. Used by the export thread; read by any.
 */
final class MetricsBean implements DynamicMBean {

    private static final String ENABLED = "Enabled";

    private final Map<String, LongSupplier> counts = new LinkedHashMap<>();
    private @Nullable MBeanServer server;
    private @Nullable ObjectName name;

    MetricsBean(Exporter exporter) {
        Counters counters = exporter.counters();
        counts.put("Made", exporter::made);
        counts.put("Sent", counters::sent);
        counts.put("Failed", counters::failed);
        counts.put("Dropped", counters::dropped);
        counts.put("Filtered", counters::filtered);
        counts.put("Spooled", counters::spooled);
        counts.put("Replayed", counters::replayed);
        counts.put("Queued", exporter::queued);
    }

    /** Registers it if a server is there and it is not registered yet. */
    void offer() {
        if (name != null) {
            return;
        }
        for (MBeanServer known : MBeanServerFactory.findMBeanServer(null)) {
            try {
                ObjectName free = new ObjectName("dev.sonde:type=Tracer");
                if (known.isRegistered(free)) {
                    free = new ObjectName("dev.sonde:type=Tracer,id=" + System.identityHashCode(this));
                }
                known.registerMBean(this, free);
                server = known;
                name = free;
                return;
            } catch (JMException | SecurityException e) {
                Log.warn("jmx", "the metrics bean cannot be registered: " + e);
            }
        }
    }

    /** Takes it back. */
    void close() {
        if (server != null && name != null) {
            try {
                server.unregisterMBean(name);
            } catch (JMException e) {
                Log.warn("jmx", "the metrics bean cannot be removed: " + e);
            }
        }
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        if (!counts.containsKey(attribute) && !attribute.equals(ENABLED)) {
            throw new AttributeNotFoundException(attribute);
        }
        return value(attribute);
    }

    private Object value(String attribute) {
        LongSupplier count = counts.get(attribute);
        return count == null ? Hooks.enabled : count.getAsLong();
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException, InvalidAttributeValueException {
        if (!attribute.getName().equals(ENABLED)) {
            throw new AttributeNotFoundException(attribute.getName() + " is not to be set");
        }
        if (!(attribute.getValue() instanceof Boolean enabled)) {
            throw new InvalidAttributeValueException(ENABLED + " is true or false");
        }
        Hooks.enabled = enabled;
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        AttributeList list = new AttributeList();
        for (String attribute : attributes) {
            if (counts.containsKey(attribute) || attribute.equals(ENABLED)) {
                list.add(new Attribute(attribute, value(attribute)));
            }
        }
        return list;
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        AttributeList set = new AttributeList();
        for (Attribute attribute : attributes.asList()) {
            if (attribute.getName().equals(ENABLED) && attribute.getValue() instanceof Boolean enabled) {
                Hooks.enabled = enabled;
                set.add(attribute);
            }
        }
        return set;
    }

    @Override
    public @Nullable Object invoke(String action, Object[] arguments, String[] signature) {
        throw new UnsupportedOperationException(action);
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanAttributeInfo[] attributes = new MBeanAttributeInfo[counts.size() + 1];
        int i = 0;
        for (String count : counts.keySet()) {
            attributes[i++] = new MBeanAttributeInfo(count, "long", "observations and scores", true, false, false);
        }
        attributes[i] = new MBeanAttributeInfo(ENABLED, "boolean", "whether anything is observed", true, true, false);
        return new MBeanInfo(
                getClass().getName(), "What the tracer made of this process", attributes, null, null, null);
    }
}
