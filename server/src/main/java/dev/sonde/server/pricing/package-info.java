/** What a model costs: the price table and exact arithmetic. No I/O but reading the table once. */
@NullMarked
package dev.sonde.server.pricing;

import org.jspecify.annotations.NullMarked;
