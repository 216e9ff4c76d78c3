/** What the server stores, as records: traces, observations, scores and the accounts around them. */
@NullMarked
package dev.sonde.server.model;

import org.jspecify.annotations.NullMarked;
