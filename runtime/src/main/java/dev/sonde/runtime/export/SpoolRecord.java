package dev.sonde.runtime.export;

/**
 * A request on disk.
 *
 * @param inherited whether an earlier process left it
 */
record SpoolRecord(Packet packet, boolean inherited) {}
