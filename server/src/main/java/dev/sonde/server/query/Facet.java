package dev.sonde.server.query;

/** One value of a column and how many rows have it. */
public record Facet(String value, long count) {}
