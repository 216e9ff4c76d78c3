// Writes the server's price table from the pinned package. See README.md.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const DATE = "2026-09-23";
const TABLE = fileURLToPath(
  new URL("../main/resources/dev/sonde/server/pricing/models.json", import.meta.url),
);

/** Who makes models: their names stand alone, or behind any path. Others are asked in the order of the package. */
const MAKERS = [
  "openai", "anthropic", "aws", "google", "mistral", "cohere", "deepseek", "x-ai", "perplexity", "moonshotai",
  "zhipuai", "zai", "minimax", "voyageai", "arcee",
];
const LAST = ["cursor", "github-copilot", "quicksilverpro", "openrouter"];

/** What clients and gateways put before a model's name. */
const PREFIXES = {
  google: ["gemini", "vertex_ai", "vertexai", "google-vertex", "google_genai", "models"],
  aws: ["bedrock", "bedrock_converse", "amazon-bedrock", "aws_bedrock"],
  azure: ["azure_ai", "azure_openai", "azure-openai"],
  "x-ai": ["xai"],
  fireworks: ["fireworks_ai"],
  together: ["together_ai", "togetherai"],
  mistral: ["mistralai"],
  cohere: ["cohere_chat"],
  perplexity: ["perplexity_ai"],
  voyageai: ["voyage"],
};

/** Our usage types for the package's, with the units a price is for. */
const TYPES = {
  input_mtok: ["perMillion", "input"],
  output_mtok: ["perMillion", "output"],
  cache_read_mtok: ["perMillion", "input_cached_tokens"],
  cache_write_mtok: ["perMillion", "input_cache_creation"],
  cache_write_1h_mtok: ["perMillion", "input_cache_creation_1h"],
  output_reasoning_mtok: ["perMillion", "output_reasoning_tokens"],
  output_citation_mtok: ["perMillion", "output_citation_tokens"],
  input_audio_mtok: ["perMillion", "input_audio_tokens"],
  output_audio_mtok: ["perMillion", "output_audio_tokens"],
  cache_audio_read_mtok: ["perMillion", "input_cached_audio_tokens"],
  input_image_mtok: ["perMillion", "input_image_tokens"],
  output_image_mtok: ["perMillion", "output_image_tokens"],
  cache_image_read_mtok: ["perMillion", "input_cached_image_tokens"],
  input_video_mtok: ["perMillion", "input_video_tokens"],
  output_video_mtok: ["perMillion", "output_video_tokens"],
  web_searches_kcount: ["perThousand", "web_search_queries"],
  storage_searches_kcount: ["perThousand", "file_search_queries"],
  requests_kcount: ["perThousand", "requests"],
};

/** Which usage types clients report for the same thing. */
const SAME_PRICE = {
  input: ["input_text_tokens", "input_text", "input_tokens", "prompt_token_count", "promptTokenCount", "input_modality_1"],
  output: [
    "output_text_tokens", "output_text", "output_tokens", "output_reasoning_tokens", "output_reasoning",
    "reasoning_tokens", "output_accepted_prediction_tokens", "output_rejected_prediction_tokens",
    "thoughts_token_count", "thoughtsTokenCount", "candidates_token_count", "candidatesTokenCount",
    "output_modality_1",
  ],
  input_cached_tokens: [
    "input_cached_text_tokens", "input_cache_read", "cache_read_input_tokens", "cached_content_token_count",
    "cachedContentTokenCount",
  ],
  input_cache_creation: [
    "cache_creation_input_tokens", "input_cache_creation_5m", "input_cache_write", "cache_write_tokens",
  ],
  input_audio_tokens: ["input_audio"],
  output_audio_tokens: ["output_audio"],
  input_image_tokens: ["input_image"],
  output_image_tokens: ["output_image"],
  web_search_queries: ["grounding_queries", "web_searches"],
};

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/-]/g, (c) => (c === "-" || c === "/" ? c : `\\${c}`));

/** How text becomes tokens, where that is published. */
function encoding(provider, id) {
  if (provider !== "openai") {
    return undefined;
  }
  if (/^(ft:)?(gpt-(4o|4\.1|4\.5|5|6)|chatgpt-4o|o\d|codex-mini|computer-use)/.test(id)) {
    return /audio|realtime|transcribe|tts|image/.test(id) ? undefined : "o200k_base";
  }
  return /^(ft:)?gpt-(4|3\.5|35)|^text-embedding/.test(id) ? "cl100k_base" : undefined;
}

/** Exact names, and expressions for what is matched otherwise. */
function matched(logic) {
  const [[kind, said]] = Object.entries(logic);
  switch (kind) {
    case "or":
      return said.map(matched).reduce(
        (all, one) => ({ names: [...all.names, ...one.names], forms: [...all.forms, ...one.forms] }),
        { names: [], forms: [] },
      );
    case "and":
      // what must not be in the name is an entry of its own, found by its exact names before any expression
      return matched({ or: said.filter((part) => !part.regex?.includes("(?!")) });
    case "equals":
      return { names: [said], forms: [] };
    case "starts_with":
      return { names: [], forms: [`${escaped(said)}.*`] };
    case "ends_with":
      return { names: [], forms: [`.*${escaped(said)}`] };
    case "contains":
      return { names: [], forms: [`.*${escaped(said)}.*`] };
    case "regex":
      return {
        names: [],
        forms: [(said.startsWith("^") ? said.slice(1) : `.*${said}`).replace(/\$$/, "") + (said.endsWith("$") ? "" : ".*")],
      };
    default:
      throw new Error(`cannot read ${kind}`);
  }
}

/** Prices at the least usage, and above each threshold of input. */
function priced(prices) {
  const base = {};
  const above = new Map();
  for (const [type, price] of Object.entries(prices)) {
    const [unit, name] = TYPES[type] ?? [];
    if (!unit) {
      continue;
    }
    const tiers = typeof price === "object" ? price.tiers : [];
    (base[unit] ??= {})[name] = typeof price === "object" ? price.base : price;
    for (const tier of tiers) {
      const prices = above.get(tier.start) ?? above.set(tier.start, {}).get(tier.start);
      (prices[unit] ??= {})[name] = tier.price;
    }
  }
  const tiers = [...above].sort(([a], [b]) => b - a).map(([input, prices]) => ({ input, ...prices }));
  return { ...base, ...(tiers.length ? { above: tiers } : {}) };
}

/** One set of prices for each day they began to hold. */
function periods(prices) {
  if (!Array.isArray(prices)) {
    return [{ prices }];
  }
  const byDay = new Map();
  for (const { constraint, prices: own } of prices) {
    const from = constraint?.type === "start_date" ? constraint.start_date : "";
    const known = byDay.get(from);
    const input = (p) => (typeof p.input_mtok === "object" ? p.input_mtok.base : p.input_mtok) ?? 0;
    if (!known || (constraint?.type === "time_of_date" && input(own) > input(known))) {
      byDay.set(from, own);
    }
  }
  return [...byDay].map(([from, own]) => ({ ...(from ? { from } : {}), prices: own }));
}

async function providers() {
  const file = fileURLToPath(new URL("node_modules/@pydantic/genai-prices/dist/index.js", import.meta.url));
  const text = readFileSync(file, "utf8");
  // the package exports a calculator, and keeps its table in its first constant
  const table = /^const (\w+) = \[/m.exec(text)?.[1];
  const module = await import(
    `data:text/javascript;base64,${Buffer.from(`${text}\nexport const sondeTable = ${table};`).toString("base64")}`
  );
  return module.sondeTable;
}

const all = await providers();
const byId = new Map(all.map((provider) => [provider.id, provider]));
const rest = [...byId.keys()].filter((id) => !MAKERS.includes(id) && !LAST.includes(id)).sort();
const models = [];
for (const id of [...MAKERS, ...rest, ...LAST].filter((known) => byId.has(known))) {
  for (const model of byId.get(id).models) {
    const { names, forms } = matched(model.match);
    for (const period of periods(model.prices)) {
      const prices = priced(period.prices);
      if (!prices.perMillion && !prices.perThousand) {
        continue;
      }
      models.push({
        id: (id === "openai" ? model.id : `${id}/${model.id}`) + (period.from ? `@${period.from}` : ""),
        provider: id,
        ...(names.length ? { names } : {}),
        ...(forms.length ? { forms } : {}),
        ...(period.from ? { from: period.from } : {}),
        ...(encoding(id, model.id) ? { encoding: encoding(id, model.id) } : {}),
        ...prices,
      });
    }
  }
}
const version = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
const head = {
  source: `npm @pydantic/genai-prices ${version.dependencies["@pydantic/genai-prices"]}, which gathers providers' published prices; MIT, Copyright (c) Pydantic Services Inc.`,
  date: DATE,
  makers: MAKERS,
  prefixes: PREFIXES,
  samePrice: SAME_PRICE,
};
const lines = models.map((model) => `    ${JSON.stringify(model)}`).join(",\n");
writeFileSync(TABLE, `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "models": [\n${lines}\n  ]\n}\n`);
console.log(`${models.length} models of ${byId.size} providers, prices of ${DATE}`);
