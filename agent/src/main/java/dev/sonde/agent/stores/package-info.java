/**
 * What instrumentations of stores of vectors share: a request and its observation, hits, and the store's own objects as
 * JSON in which vectors are told by their dimensions only.
 */
@NullMarked
package dev.sonde.agent.stores;

import org.jspecify.annotations.NullMarked;
