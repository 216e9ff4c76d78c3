package dev.sonde.server;

import com.linecorp.armeria.server.ServerBuilder;
import dev.sonde.server.accounts.Accounts;
import dev.sonde.server.accounts.ApiKeys;
import dev.sonde.server.accounts.OrganisationKeys;
import dev.sonde.server.accounts.SealedSecrets;
import dev.sonde.server.http.Routes;
import dev.sonde.server.ingest.Committer;
import dev.sonde.server.ingest.Deletions;
import dev.sonde.server.ingest.Ingest;
import dev.sonde.server.ingest.ProjectErasure;
import dev.sonde.server.ingest.Repricer;
import dev.sonde.server.pricing.Models;
import dev.sonde.server.pricing.PriceTable;
import dev.sonde.server.pricing.Pricer;
import dev.sonde.server.prompts.PromptLinks;
import dev.sonde.server.storage.Storage;
import dev.sonde.server.storage.duckdb.DuckDbStorage;
import dev.sonde.server.storage.duckdb.StorageConfig;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One running server: the place where everything is put together. */
public final class Server implements AutoCloseable {

    private final Storage storage;
    private final Committer committer;
    private final Repricer repricer;
    private final ProjectErasure erasure;
    private final Routes routes;
    private final com.linecorp.armeria.server.Server http;
    private final FirstStart.Outcome firstStart;

    /**
     * Opens the data directory and the port.
     *
     * @throws dev.sonde.server.storage.StorageException when the data directory cannot be opened
     * @throws CompletionException when the port cannot be opened
     */
    public Server(ServerConfig config, Clock clock) {
        // loading the HTTP library takes as long as opening the store: they do so side by side
        CompletableFuture<ServerBuilder> loading = CompletableFuture.supplyAsync(() -> builder(config));
        CompletableFuture<PriceTable> pricing = CompletableFuture.supplyAsync(PriceTable::builtIn);
        storage = DuckDbStorage.open(StorageConfig.of(config.data()).withClock(clock));
        Models models = new Models(pricing.join(), storage.models()::list);
        Pricer pricer = new Pricer(models);
        PromptLinks links = new PromptLinks(storage.prompts(), clock);
        committer = new Committer(storage.writer(), o -> links.link(pricer.price(o)), clock);
        repricer = new Repricer(storage, committer, pricer::price, clock);
        ApiKeys keys = new ApiKeys(storage.control(), clock);
        Accounts accounts = new Accounts(storage.control(), clock);
        SealedSecrets secrets = SealedSecrets.open(config.data().resolve("encryption.key"));
        OrganisationKeys organisationKeys = new OrganisationKeys(storage.organisations(), storage.control(), clock);
        Deletions deletions = new Deletions(committer, storage);
        erasure = new ProjectErasure(storage, deletions, clock);
        erasure.finish();
        firstStart = new FirstStart(storage.control(), keys, organisationKeys, accounts, clock).run(config);
        ServerBuilder builder = loading.join();
        routes = new Routes(
                builder,
                new Routes.Parts(
                        storage,
                        new Ingest(committer, storage.scoreConfigs()::find, clock),
                        committer,
                        repricer,
                        deletions,
                        erasure,
                        keys,
                        organisationKeys,
                        accounts,
                        secrets,
                        models,
                        clock,
                        Version.TEXT));
        http = builder.build();
        try {
            http.start().join();
        } catch (CompletionException e) {
            close();
            throw e;
        }
    }

    private static ServerBuilder builder(ServerConfig config) {
        return com.linecorp.armeria.server.Server.builder()
                .http(new InetSocketAddress(config.host(), config.port()))
                .disableServerHeader()
                // a wrong key is the client's affair; what is ours, Problems logs
                .unloggedExceptionsReportIntervalMillis(0)
                .requestTimeout(Duration.ofSeconds(60))
                .gracefulShutdownTimeout(Duration.ofMillis(100), Duration.ofSeconds(10));
    }

    /** The port that is listened on. */
    public int port() {
        return http.activeLocalPort();
    }

    /** Every route as its methods and the pattern of its path. */
    List<String> routes() {
        return http.serviceConfigs().stream()
                .map(config -> config.route().methods() + " " + config.route().patternString())
                .distinct()
                .sorted()
                .toList();
    }

    /** What the first start made. */
    FirstStart.Outcome firstStart() {
        return firstStart;
    }

    /** Answers what is under way, stores what waits, and closes the data directory. */
    @Override
    public void close() {
        routes.close();
        http.stop().join();
        repricer.close();
        erasure.close();
        committer.close();
        storage.close();
    }
}
