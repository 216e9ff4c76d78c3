// The local stand-in for OpenAI that ClientsIT starts. It answers from the context in the prompt.
export const baseURL = needed('OPENAI_BASE_URL');
export const apiKey = needed('OPENAI_API_KEY');

/** A chat whose answer is known. */
export const messages = [
  { role: 'system', content: 'Context: The capital of Peru is Lima. Ducks swim.' },
  { role: 'user', content: 'Question: What is the capital of Peru?' },
];
export const answer = 'The capital of Peru is Lima.';

function needed(variable) {
  const value = process.env[variable];
  if (!value) {
    throw new Error(`${variable} is not set`);
  }
  return value;
}
