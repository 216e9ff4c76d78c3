import { variablesOf, type PromptMessage } from './template.ts';

/** One way to fetch a prompt, ready to copy. */
export interface PromptCode {
  key: string;
  label: string;
  note: string;
  code: string;
}

/** Which version is meant: one number, or whatever carries a label. */
export type Wanted = { version: number } | { label: string };

interface Used {
  name: string;
  type: 'text' | 'chat';
  prompt: string | readonly PromptMessage[];
}

/** A literal of Java, Python, JavaScript and JSON alike. */
const literal = (text: string) => JSON.stringify(text);
/** Inside single quotes of a shell. */
const shell = (text: string) => text.replaceAll("'", `'\\''`);

function filled(variables: string[], line: (name: string) => string, join = ', '): string {
  return variables.map(line).join(join);
}

/** How programs use a prompt, with the server's address, the public key and the prompt's own variables filled in. */
export function promptCode(host: string, publicKey: string, used: Used, wanted: Wanted): PromptCode[] {
  const { variables, placeholders } = variablesOf(used.prompt);
  const query = 'version' in wanted ? `version=${wanted.version}` : `label=${encodeURIComponent(wanted.label)}`;
  const path = `/api/public/v2/prompts/${encodeURIComponent(used.name)}?${query}`;
  const environment = ['LANGFUSE_HOST', 'LANGFUSE_PUBLIC_KEY', 'LANGFUSE_SECRET_KEY'].map((key, i) => `${key}=${[host, publicKey, 'sk-lf-…'][i]}`).join('\n');
  const named = [...variables, ...placeholders];
  const python = 'version' in wanted ? `version=${wanted.version}` : `label=${literal(wanted.label)}`;
  const script = 'version' in wanted ? `version: ${wanted.version}` : `label: ${literal(wanted.label)}`;
  const value = (name: string) => (placeholders.includes(name) ? '[]' : '"…"');
  const chat = used.type === 'chat';
  return [
    {
      key: 'java',
      label: 'Java',
      note: 'With the JDK’s own client; the scope links generations that the agent records to the version that was used.',
      code: [
        `var auth = Base64.getEncoder().encodeToString((System.getenv("LANGFUSE_PUBLIC_KEY") + ":"`,
        `        + System.getenv("LANGFUSE_SECRET_KEY")).getBytes(StandardCharsets.UTF_8));`,
        `var request = HttpRequest.newBuilder(URI.create(${literal(host + path)}))`,
        `        .header("Authorization", "Basic " + auth)`,
        `        .build();`,
        `var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());`,
        `JsonNode prompt = new ObjectMapper().readTree(answer.body());`,
        chat ? `JsonNode messages = prompt.get("prompt");` : `String text = prompt.get("prompt").asText()${filled(variables, (v) => `\n        .replace("{{${v}}}", ${v})`, '')};`,
        `try (Scope scope = Sonde.propagate().prompt(${literal(used.name)}, prompt.get("version").asInt()).start()) {`,
        `    // call the model here`,
        `}`,
      ].join('\n'),
    },
    {
      key: 'python',
      label: 'Python',
      note: 'Langfuse’s own client; it keeps the prompt for a minute and refreshes it in the background.',
      code: [
        ...environment.split('\n').map((line) => `# ${line}`),
        `from langfuse import get_client`,
        ``,
        `prompt = get_client().get_prompt(${literal(used.name)}, ${python}${chat ? ', type="chat"' : ''})`,
        `${chat ? 'messages' : 'text'} = prompt.compile(${filled(named, (name) => `${name}=${value(name)}`)})`,
      ].join('\n'),
    },
    {
      key: 'typescript',
      label: 'TypeScript',
      note: 'Langfuse’s own package, @langfuse/client.',
      code: [
        ...environment.replace('LANGFUSE_HOST', 'LANGFUSE_BASE_URL').split('\n').map((line) => `// ${line}`),
        `import { LangfuseClient } from "@langfuse/client";`,
        ``,
        `const langfuse = new LangfuseClient();`,
        `const prompt = await langfuse.prompt.get(${literal(used.name)}, { ${script}${chat ? ', type: "chat"' : ''} });`,
        chat
          ? `const messages = prompt.compile({ ${filled(variables, (name) => `${name}: "…"`)} }${placeholders.length > 0 ? `, { ${filled(placeholders, (name) => `${name}: []`)} }` : ''});`
          : `const text = prompt.compile({ ${filled(variables, (name) => `${name}: "…"`)} });`,
      ].join('\n'),
    },
    {
      key: 'curl',
      label: 'curl',
      note: 'The answer has the content under prompt, the settings under config.',
      code: `curl -sS -u '${publicKey}:sk-lf-…' '${shell(host + path)}'`,
    },
  ];
}
