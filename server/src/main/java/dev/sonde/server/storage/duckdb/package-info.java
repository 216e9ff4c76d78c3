/** The embedded engine: DuckDB columns, the payload log and the SQLite control plane in one data directory. */
@NullMarked
package dev.sonde.server.storage.duckdb;

import org.jspecify.annotations.NullMarked;
