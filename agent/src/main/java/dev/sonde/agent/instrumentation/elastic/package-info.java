/**
 * Searches by vectors through Elasticsearch's client ({@code co.elastic.clients:elasticsearch-java}), 8.4 to 9.x, tested
 * with 8.4.3 and 9.5.6, and OpenSearch's ({@code org.opensearch.client:opensearch-java}), 2.6 to 3.x, tested with 2.6.0
 * and 3.9.0, which began as a copy of the former.
 *
 * <p>Hooked are the transports' {@code performRequest} and {@code performRequestAsync}. Observed are requests of {@code
 * search} (and {@code _knn_search}) whose body asks for neighbours of a vector or for what a model finds similar: {@code
 * knn}, {@code query_vector}, {@code sparse_vector}, {@code semantic}, {@code neural} and the like. Other searches, by
 * words alone, are what applications do all day, and are left alone. A search is a retriever with its body, in which
 * vectors are told by their dimensions, and ids, scores and sources of the hits.
 *
 * <p>Not covered: several searches in one request, templates, scrolling, changes, and requests of the low-level clients.
 */
@NullMarked
package dev.sonde.agent.instrumentation.elastic;

import org.jspecify.annotations.NullMarked;
