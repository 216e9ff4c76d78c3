/**
 * Searches by nearness in SQL, as pgvector has them, through JDBC. Only with the option {@code jdbc-vectors}: without it
 * no class of a driver is even looked at.
 *
 * <p>Observed as retrievers are {@code execute} and {@code executeQuery} of every {@code java.sql.Statement} and {@code
 * PreparedStatement} whose SQL is a {@code SELECT} or {@code WITH} with one of the operators {@code <->}, {@code <#>},
 * {@code <=>}, {@code <+>}, {@code <~>}, {@code <%>}. Recorded are the SQL with vectors replaced by their dimension, the
 * table, the limit as a number in the SQL or as it was set, how many rows were read with {@code next}, and errors with
 * their SQLState; never a vector, a parameter or a row. It ends when the rows are read to their end, or the result or its
 * statement is closed, used again, or dropped where
 * the connection does not hold it. A pool's statement and the driver's below it are one.
 *
 * <p>Tested with the PostgreSQL driver 42.7 and with DuckDB's, whose statements have these operators too. Not covered:
 * batches, procedures and changes of data; results read otherwise than by {@code next}; the drivers of MySQL and MariaDB,
 * where {@code <=>} is an equality; connections that are proxies made at run time, whose driver is seen all the same.
 */
@NullMarked
package dev.sonde.agent.instrumentation.jdbc;

import org.jspecify.annotations.NullMarked;
