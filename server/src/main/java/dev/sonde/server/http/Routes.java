package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.cors.CorsService;
import com.linecorp.armeria.server.encoding.DecodingService;
import com.linecorp.armeria.server.encoding.EncodingService;
import dev.sonde.server.accounts.Accounts;
import dev.sonde.server.accounts.ApiKeys;
import dev.sonde.server.accounts.OrganisationKeys;
import dev.sonde.server.accounts.SealedSecrets;
import dev.sonde.server.annotation.Subjects;
import dev.sonde.server.datasets.DatasetRuns;
import dev.sonde.server.datasets.Datasets;
import dev.sonde.server.http.grpc.GrpcMessage;
import dev.sonde.server.ingest.Committer;
import dev.sonde.server.ingest.Deletions;
import dev.sonde.server.ingest.Ingest;
import dev.sonde.server.ingest.ProjectErasure;
import dev.sonde.server.ingest.Repricer;
import dev.sonde.server.inspector.Inspector;
import dev.sonde.server.model.Project.Organisation;
import dev.sonde.server.pricing.Models;
import dev.sonde.server.prompts.Prompts;
import dev.sonde.server.storage.DatasetRunStore;
import dev.sonde.server.storage.DatasetStore;
import dev.sonde.server.storage.PromptStore;
import dev.sonde.server.storage.Storage;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which path leads where, and what stands around it: authentication, limits, compression, problems. */
public final class Routes implements AutoCloseable {

    private static final String PUBLIC = "/api/public";
    private static final String PROJECT = "/api/ui/projects/{project}";
    private static final int MIB = 1 << 20;
    private static final int OTLP_BYTES = 32 * MIB;
    private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(30);
    private static final int BATCH_BYTES = 4_500_000;

    private final ServerBuilder server;
    private final KeyAuthentication keys;
    private final LiveResource live;
    private final Inspector inspector = new Inspector();
    private final Map<String, Set<HttpMethod>> methods = new LinkedHashMap<>();

    /** Adds every route to {@code server}. */
    public Routes(ServerBuilder server, Parts parts) {
        this.server = server;
        this.keys = new KeyAuthentication(parts.keys(), parts.organisationKeys());
        BrowserAuthentication browsers = new BrowserAuthentication(parts.accounts());
        this.live = new LiveResource(browsers, parts.committer());
        server.errorHandler(new Problems());
        server.decorator(Routes::withHeaders);
        server.maxRequestLength(MIB);
        server.decorator("prefix:/opentelemetry.proto.collector.", new Inspecting(inspector, parts.keys()));
        for (String path : new String[] {"/otel/v1/traces", "/ingestion", "/scores"}) {
            server.routeDecorator().post(PUBLIC + path).build(new Inspecting(inspector, parts.keys()));
        }
        intake(new IngestResource(parts.ingest()));
        exports(new OtlpGrpcResource(parts.ingest(), OTLP_BYTES));
        reads(parts.storage(), new ModelPrices(parts.models()), parts.deletions());
        scores(parts.storage(), parts.deletions(), parts.clock());
        organisations(new OrganisationResource(parts));
        metrics(parts.storage());
        models(parts);
        prompts(parts);
        datasets(parts);
        media(parts);
        annotation(parts);
        repricings(new RepricingsResource(parts.repricer(), parts.storage().repricings(), browsers));
        connections(parts);
        pages(parts, browsers);
        health(parts.version());
        otherMethods();
        server.serviceUnder("/", new UiAssets());
    }

    /** What the resources need. */
    public record Parts(
            Storage storage,
            Ingest ingest,
            Committer committer,
            Repricer repricer,
            Deletions deletions,
            ProjectErasure erasure,
            ApiKeys keys,
            OrganisationKeys organisationKeys,
            Accounts accounts,
            SealedSecrets secrets,
            Models models,
            Clock clock,
            String version) {}

    @Override
    public void close() {
        live.close();
    }

    private void intake(IngestResource ingest) {
        post(PUBLIC + "/otel/v1/traces", OTLP_BYTES, call -> ingest.otlp(call, projectCaller(call)));
        post(PUBLIC + "/otel/v1/metrics", OTLP_BYTES, call -> ingest.ignored(call, projectCaller(call)));
        post(PUBLIC + "/otel/v1/logs", OTLP_BYTES, call -> ingest.ignored(call, projectCaller(call)));
        post(PUBLIC + "/ingestion", BATCH_BYTES, call -> ingest.batch(call, batchCaller(call)));
        post(PUBLIC + "/scores", MIB, call -> ingest.score(call, caller(call)));
    }

    /** OpenTelemetry's collector services in gRPC: HTTP/2 on the same port. */
    private void exports(OtlpGrpcResource exports) {
        String collector = "/opentelemetry.proto.collector.";
        grpc(collector + "trace.v1.TraceService/Export", call -> exports.traces(call, projectCaller(call)));
        grpc(collector + "metrics.v1.MetricsService/Export", call -> exports.ignored(call, projectCaller(call)));
        grpc(collector + "logs.v1.LogsService/Export", call -> exports.ignored(call, projectCaller(call)));
    }

    private void grpc(String path, Function<Call, HttpResponse> answer) {
        route(HttpMethod.POST, path, OTLP_BYTES + GrpcMessage.PREFIX, answer, false);
    }

    private void reads(Storage storage, ModelPrices prices, Deletions deletions) {
        TracesResource traces = new TracesResource(storage, prices, deletions);
        ObservationsResource observations = new ObservationsResource(storage, prices);
        SessionsResource sessions = new SessionsResource(storage);
        ProjectsResource projects = new ProjectsResource();
        get(PUBLIC + "/traces", traces::list);
        get(PUBLIC + "/traces/{traceId}", traces::get);
        delete(PUBLIC + "/traces", call -> traces.deleteMany(call, projectCaller(call)));
        delete(PUBLIC + "/traces/{traceId}", call -> traces.delete(call, projectCaller(call)));
        get(PUBLIC + "/observations", observations::list);
        get(PUBLIC + "/observations/{observationId}", observations::get);
        get(PUBLIC + "/v2/observations", new ObservationsV2Resource(storage, prices)::list);
        get(PUBLIC + "/sessions", sessions::list);
        get(PUBLIC + "/sessions/{sessionId}", sessions::get);
        page(PUBLIC + "/projects", call -> projects.list(call, keyOfOneProject(call)));
    }

    private void scores(Storage storage, Deletions deletions, Clock clock) {
        ScoresResource scores = new ScoresResource(storage, deletions);
        ScoreConfigsResource configs = new ScoreConfigsResource(storage.scoreConfigs(), clock);
        String all = PUBLIC + "/score-configs";
        String one = all + "/{configId}";
        get(PUBLIC + "/scores", scores::listOfTraces);
        get(PUBLIC + "/scores/{scoreId}", scores::getOfTrace);
        delete(PUBLIC + "/scores/{scoreId}", call -> scores.delete(call, projectCaller(call)));
        get(PUBLIC + "/v2/scores", scores::list);
        get(PUBLIC + "/v2/scores/{scoreId}", scores::get);
        get(PUBLIC + "/v3/scores", new ScoresV3Resource(storage.scores())::list);
        get(all, configs::list);
        post(all, MIB, call -> configs.create(call, projectCaller(call)));
        get(one, configs::get);
        patch(one, call -> configs.change(call, projectCaller(call)));
    }

    private void metrics(Storage storage) {
        MetricsResource metrics = new MetricsResource(storage.metrics());
        get(PUBLIC + "/metrics", metrics::first);
        get(PUBLIC + "/metrics/daily", new DailyMetricsResource(storage.metrics())::list);
        get(PUBLIC + "/v2/metrics", metrics::second);
    }

    /** Ids of the models that come with the server contain slashes. */
    private void models(Parts parts) {
        ModelsResource models = new ModelsResource(parts.storage().models(), parts.models(), parts.clock());
        String all = PUBLIC + "/models";
        String one = all + "/{*id}";
        get(all, models::list);
        post(all, MIB, call -> models.create(call, projectCaller(call)));
        get(one, models::get);
        route(HttpMethod.PUT, one, MIB, call -> models.replace(call, projectCaller(call)), true);
        delete(one, call -> models.delete(call, projectCaller(call)));
    }

    /** Names of prompts may contain slashes, and many clients send them as they are. */
    private void prompts(Parts parts) {
        PromptStore store = parts.storage().prompts();
        PromptsResource prompts = new PromptsResource(store, new Prompts(store, parts.clock()));
        String all = PUBLIC + "/v2/prompts";
        String one = all + "/{*name}";
        page(all, call -> prompts.list(call, promptCaller(call)));
        post(all, MIB, call -> prompts.create(call, promptCaller(call)));
        page(one, call -> prompts.get(call, promptCaller(call)));
        patch(one, call -> prompts.label(call, promptCaller(call)));
        delete(one, call -> prompts.delete(call, promptCaller(call)));
        page(PUBLIC + "/prompts", call -> prompts.getActive(call, promptCaller(call)));
        post(PUBLIC + "/prompts", MIB, call -> prompts.createActive(call, promptCaller(call)));
    }

    /** One route for all under a dataset: its name may contain slashes. */
    private void datasets(Parts parts) {
        DatasetStore store = parts.storage().datasets();
        DatasetRunStore runStore = parts.storage().datasetRuns();
        Datasets rules = new Datasets(store, parts.clock());
        DatasetRuns runRules = new DatasetRuns(store, runStore, parts.storage().observations(), parts.clock());
        DatasetsResource datasets = new DatasetsResource(store, runStore, rules);
        DatasetItemsResource items = new DatasetItemsResource(store, rules);
        String old = PUBLIC + "/datasets";
        DatasetRunsResource runs = new DatasetRunsResource(store, runStore, runRules, datasets, old + "/");
        get(PUBLIC + "/v2/datasets", datasets::list);
        post(PUBLIC + "/v2/datasets", MIB, call -> datasets.save(call, projectCaller(call)));
        get(PUBLIC + "/v2/datasets/{*name}", datasets::get);
        get(PUBLIC + "/dataset-items", items::list);
        post(PUBLIC + "/dataset-items", BATCH_BYTES, call -> items.save(call, projectCaller(call)));
        get(PUBLIC + "/dataset-items/{*id}", items::get);
        delete(PUBLIC + "/dataset-items/{*id}", call -> items.delete(call, projectCaller(call)));
        get(PUBLIC + "/dataset-run-items", runs::listItems);
        post(PUBLIC + "/dataset-run-items", MIB, call -> runs.add(call, projectCaller(call)));
        get(old, datasets::listWithIds);
        post(old, MIB, call -> datasets.saveWithItems(call, projectCaller(call)));
        get(old + "/{*path}", runs::get);
        delete(old + "/{*path}", call -> runs.delete(call, projectCaller(call)));
    }

    private void media(Parts parts) {
        MediaLinks links = new MediaLinks(parts.storage().control(), parts.clock());
        MediaResource media = new MediaResource(parts.storage().media(), links, parts.clock());
        String all = PUBLIC + "/media";
        String one = all + "/{mediaId}";
        post(all, MIB, call -> media.announce(call, projectCaller(call)));
        get(one, media::get);
        patch(one, call -> media.report(call, projectCaller(call)));
        streamed(HttpMethod.PUT, one + "/upload", media::upload);
        streamed(HttpMethod.GET, one + "/content", media::content);
    }

    private void annotation(Parts parts) {
        Storage storage = parts.storage();
        Subjects subjects = new Subjects(storage);
        CommentsResource comments = new CommentsResource(storage.comments(), subjects, parts.clock());
        get(PUBLIC + "/comments", comments::list);
        get(PUBLIC + "/comments/{commentId}", comments::get);
        post(PUBLIC + "/comments", MIB, call -> comments.create(call, projectCaller(call)));
        AnnotationQueuesResource queues = new AnnotationQueuesResource(
                storage.annotationQueues(), storage.scoreConfigs(), subjects, parts.clock());
        String all = PUBLIC + "/annotation-queues";
        String one = all + "/{queueId}";
        String item = one + "/items/{itemId}";
        get(all, queues::list);
        post(all, MIB, call -> queues.create(call, projectCaller(call)));
        get(one, queues::get);
        get(one + "/items", queues::items);
        post(one + "/items", MIB, call -> queues.addItem(call, projectCaller(call)));
        get(item, queues::item);
        patch(item, call -> queues.changeItem(call, projectCaller(call)));
        delete(item, call -> queues.deleteItem(call, projectCaller(call)));
        post(one + "/assignments", MIB, call -> queues.assign(call, projectCaller(call)));
        delete(one + "/assignments", call -> queues.unassign(call, projectCaller(call)));
    }

    /** What the key of an organisation manages. */
    private void organisations(OrganisationResource resource) {
        BiConsumer<String, BiFunction<Call, Organisation, JsonNode>> read =
                (path, answer) -> page(path, call -> answer.apply(call, organisation(call)));
        String all = PUBLIC + "/projects";
        String one = all + "/{projectId}";
        String projectKeys = one + "/apiKeys";
        read.accept(PUBLIC + "/organizations/apiKeys", (call, caller) -> resource.keys(caller));
        read.accept(PUBLIC + "/organizations/projects", (call, caller) -> resource.projects(caller));
        post(all, MIB, call -> resource.createProject(call, organisation(call)));
        route(HttpMethod.PUT, one, MIB, call -> resource.changeProject(call, organisation(call)), true);
        delete(one, call -> resource.deleteProject(call, organisation(call)));
        read.accept(projectKeys, resource::projectKeys);
        post(projectKeys, MIB, call -> resource.createProjectKey(call, organisation(call)));
        delete(projectKeys + "/{apiKeyId}", call -> resource.deleteProjectKey(call, organisation(call)));
    }

    private Organisation organisation(Call call) {
        return keys.organisation(authorization(call));
    }

    private void connections(Parts parts) {
        LlmConnectionsResource connections =
                new LlmConnectionsResource(parts.storage().llmConnections(), parts.secrets(), parts.clock());
        String all = PUBLIC + "/llm-connections";
        get(all, connections::list);
        route(HttpMethod.PUT, all, MIB, call -> connections.save(call, projectCaller(call)), true);
        delete(all + "/{id}", call -> connections.delete(call, projectCaller(call)));
    }

    private void pages(Parts parts, BrowserAuthentication browsers) {
        UiSessionResource session = new UiSessionResource(parts.accounts(), browsers, parts.version());
        UiQueries queries = new UiQueries(browsers, parts.clock());
        UiTracesResource traces =
                new UiTracesResource(parts.storage(), browsers, new ModelPrices(parts.models()), queries);
        UiGroupsResource groups = new UiGroupsResource(parts.storage(), queries);
        page("/api/ui/state", session::state);
        page("/api/ui/session", session::session);
        page("/api/ui/setup/{token}", session::setup);
        post("/api/ui/setup/{token}", MIB, session::finishSetup);
        post("/api/ui/login", MIB, session::login);
        post("/api/ui/logout", MIB, session::logout);
        page("/api/ui/traces/{traceId}", traces::projectOf);
        page(PROJECT + "/traces", traces::list);
        page(PROJECT + "/traces/count", traces::count);
        page(PROJECT + "/facets", traces::facets);
        page(PROJECT + "/traces/{traceId}", traces::trace);
        page(PROJECT + "/observations/{observationId}", traces::observation);
        page(PROJECT + "/inspector", new UiInspectorResource(inspector, browsers)::list);
        page(PROJECT + "/onboarding", traces::onboarding);
        page(PROJECT + "/sessions", groups::sessions);
        page(PROJECT + "/sessions/count", groups::countSessions);
        page(PROJECT + "/session/{sessionId}", groups::session);
        page(PROJECT + "/session/{sessionId}/turns", groups::turns);
        page(PROJECT + "/users", groups::users);
        page(PROJECT + "/users/count", groups::countUsers);
        page(PROJECT + "/user/{userId}", groups::user);
        page(PROJECT + "/series", groups::series);
        promptPages(new UiPromptsResource(parts.storage(), browsers, queries, parts.clock()));
        settingPages(new UiSettingsResource(parts.storage().control(), parts.keys(), browsers, parts.clock()));
        route(HttpMethod.GET, PROJECT + "/traces/{traceId}/skeleton", MIB, traces::skeleton, true);
        route(HttpMethod.GET, PROJECT + "/live", MIB, live::open, false);
    }

    private void repricings(RepricingsResource repricings) {
        String all = PUBLIC + "/repricings";
        get(all, repricings::list);
        post(all, MIB, call -> repricings.start(call, projectCaller(call)));
        get(all + "/{repricingId}", repricings::get);
        page(PROJECT + "/repricings", repricings::listInBrowser);
        post(PROJECT + "/repricings", MIB, repricings::startInBrowser);
        page(PROJECT + "/repricings/{repricingId}", repricings::getInBrowser);
    }

    private void settingPages(UiSettingsResource settings) {
        patch(PROJECT + "/project", settings::rename);
        page(PROJECT + "/keys", settings::list);
        post(PROJECT + "/keys", MIB, settings::create);
        delete(PROJECT + "/keys/{keyId}", settings::delete);
    }

    private void promptPages(UiPromptsResource prompts) {
        page(PROJECT + "/prompts", prompts::list);
        post(PROJECT + "/prompts", MIB, prompts::create);
        delete(PROJECT + "/prompts", prompts::delete);
        page(PROJECT + "/prompts/versions", prompts::versions);
        page(PROJECT + "/prompts/version", prompts::version);
        post(PROJECT + "/prompts/labels", MIB, prompts::label);
        page(PROJECT + "/prompts/uses", prompts::uses);
        page(PROJECT + "/prompts/generations", prompts::generations);
    }

    private void health(String version) {
        for (String path : new String[] {PUBLIC + "/health", PUBLIC + "/ready"}) {
            page(
                    path,
                    call -> Json.object()
                            .put("status", "OK")
                            .put("version", "3.200.0")
                            .put("sonde", version));
        }
    }

    private Caller caller(Call call) {
        return Inspecting.caller(call, keys.caller(authorization(call)));
    }

    private Caller projectCaller(Call call) {
        return Inspecting.caller(call, keys.projectCaller(authorization(call)));
    }

    private Caller promptCaller(Call call) {
        return withSecret(
                call, HttpProblem.forbidden("Access denied - need to use basic auth with secret key to GET prompts"));
    }

    private Caller keyOfOneProject(Call call) {
        return withSecret(call, HttpProblem.forbidden("Invalid API key. Are you using an organization key?"));
    }

    private Caller withSecret(Call call, HttpProblem otherwise) {
        Caller caller = keys.caller(authorization(call), otherwise);
        if (caller.access() != Caller.Access.PROJECT) {
            throw otherwise;
        }
        return caller;
    }

    private Caller batchCaller(Call call) {
        return keys.caller(authorization(call), HttpProblem.unauthorized("The key of an organization sends no events"));
    }

    private static @Nullable String authorization(Call call) {
        return call.request().headers().get(HttpHeaderNames.AUTHORIZATION);
    }

    private void get(String path, BiFunction<Call, Caller, JsonNode> answer) {
        page(path, call -> answer.apply(call, projectCaller(call)));
    }

    private void page(String path, Function<Call, JsonNode> answer) {
        route(HttpMethod.GET, path, MIB, call -> Json.ok(answer.apply(call)), true);
    }

    private void post(String path, int mostBytes, Function<Call, HttpResponse> answer) {
        route(HttpMethod.POST, path, mostBytes, answer, true);
    }

    private void patch(String path, Function<Call, HttpResponse> answer) {
        route(HttpMethod.PATCH, path, MIB, answer, true);
    }

    private void delete(String path, Function<Call, HttpResponse> answer) {
        route(HttpMethod.DELETE, path, MIB, answer, true);
    }

    /** Handlers may block: they run on the blocking executor, with the body read. */
    private void route(
            HttpMethod method, String path, int mostBytes, Function<Call, HttpResponse> answer, boolean compressed) {
        HttpService service = (context, request) -> HttpResponse.of(request.aggregate()
                .thenCompose(whole -> CompletableFuture.supplyAsync(
                        () -> answered(answer, new Call(context, whole)), context.blockingTaskExecutor())));
        HttpService decoding = service.decorate(DecodingService.newDecorator());
        HttpService wrapped = compressed ? decoding.decorate(EncodingService.newDecorator()) : decoding;
        Set<HttpMethod> own =
                method == HttpMethod.GET && compressed ? EnumSet.of(method, HttpMethod.HEAD) : EnumSet.of(method);
        methods.computeIfAbsent(path, k -> EnumSet.noneOf(HttpMethod.class)).addAll(own);
        server.route()
                .methods(own)
                .path(path)
                .maxRequestLength(mostBytes)
                .build(path.startsWith(PUBLIC) ? wrapped.decorate(cors()) : wrapped);
    }

    /** A handler that takes or gives bytes as they come, off the blocking executor. */
    private void streamed(HttpMethod method, String path, HttpService service) {
        methods.computeIfAbsent(path, k -> EnumSet.noneOf(HttpMethod.class)).add(method);
        server.route()
                .methods(method)
                .path(path)
                .maxRequestLength(MediaResource.MOST_BYTES)
                .requestTimeout(UPLOAD_TIMEOUT)
                .build(service.decorate(cors()));
    }

    /** A known path with another method is told so, not that it does not exist. */
    private void otherMethods() {
        methods.forEach((path, known) -> server.route()
                .methods(others(known))
                .path(path)
                .build((context, request) -> {
                    throw HttpProblem.methodNotAllowed();
                }));
    }

    private static Set<HttpMethod> others(Set<HttpMethod> known) {
        Set<HttpMethod> others = new HashSet<>(HttpMethod.knownMethods());
        others.removeAll(known);
        others.remove(HttpMethod.OPTIONS);
        return others;
    }

    /** What every answer carries: the id that logs and problems name, and that its type is what it says. */
    private static HttpResponse withHeaders(HttpService service, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        context.addAdditionalResponseHeader("x-request-id", context.id().shortText());
        context.addAdditionalResponseHeader(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
        return service.serve(context, request);
    }

    private static HttpResponse answered(Function<Call, HttpResponse> answer, Call call) {
        try {
            return answer.apply(call);
        } catch (IllegalArgumentException e) {
            throw HttpProblem.invalid(String.valueOf(e.getMessage()));
        }
    }

    /** Browser clients send scores from any origin; no cookies are involved. */
    private static Function<? super HttpService, CorsService> cors() {
        return CorsService.builderForAnyOrigin()
                .allowRequestMethods(
                        HttpMethod.GET,
                        HttpMethod.HEAD,
                        HttpMethod.PUT,
                        HttpMethod.PATCH,
                        HttpMethod.POST,
                        HttpMethod.DELETE)
                .allowAllRequestHeaders(true)
                .newDecorator();
    }
}
