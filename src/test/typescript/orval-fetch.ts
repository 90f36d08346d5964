// Replaces fetch in orval's client: adds the base address, and reads a body as JSON, as an image or not at all.
export const service = { base: 'http://localhost:8080' };

export async function fetchFromService<T>(path: string, options: RequestInit): Promise<T> {
  const response = await fetch(service.base + path, options);
  const { status, headers } = response;
  return { data: await content(response), status, headers } as T;
}

async function content(response: Response): Promise<unknown> {
  const type = response.headers.get('Content-Type') ?? '';
  if (/[/+]json/.test(type)) return response.json();
  if (type.startsWith('image/')) return response.blob();
  return type === '' ? undefined : response.text();
}
