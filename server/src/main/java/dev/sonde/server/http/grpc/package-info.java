/** gRPC's wire for calls of one message each way: framing, compression and statuses. */
@NullMarked
package dev.sonde.server.http.grpc;

import org.jspecify.annotations.NullMarked;
