import { sign, verify } from '../../core/smile/signature';
import { DRAWINGS } from './drawings/drawings';

/** The drawings, a GIF of a single pixel, and a drawing that does not arrive. */
const DRAWINGS_BY_NAME = {
  ...DRAWINGS,
  gif: {
    type: 'image/gif',
    base64: 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
  },
  late: { ...DRAWINGS.selfie, wait: 600 },
};

export type DrawingName = keyof typeof DRAWINGS_BY_NAME;

export interface Drawing {
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Seconds until it is sent. */
  readonly wait: number;
}

/** How long links last, in seconds. Smile ID does not document it for its own. */
export const LINK_LIFETIME = 15 * 60;

/** A drawing's bytes as base64 text, as `Photo` and `Document` contain them. */
export function base64Of(name: DrawingName): string {
  return DRAWINGS_BY_NAME[name].base64;
}

function drawingAt(file: string): Drawing | null {
  for (const [name, drawing] of Object.entries(DRAWINGS_BY_NAME)) {
    const { type, base64 } = drawing;
    if (file !== fileName(name, type)) continue;
    const wait = 'wait' in drawing ? drawing.wait : 0;
    return { type, bytes: Buffer.from(base64, 'base64'), wait };
  }
  return null;
}

function fileName(name: string, type: string): string {
  return `${name}.${type.replace('image/', '')}`;
}

export type LinkTarget =
  { readonly drawing: Drawing } | { readonly error: 'expired' | 'forged' | 'no such image' };

/** Signs links to the drawings and checks them, as a storage service does. */
export class ImageLinks {
  /** Links of another simulator, or of an earlier run, are not accepted. */
  private readonly secret = crypto.randomUUID();

  /**
   * @param origin scheme, host and port that the link starts with
   * @param expires Unix time in seconds
   */
  async link(origin: string, name: DrawingName, expires: number): Promise<string> {
    const file = fileName(name, DRAWINGS_BY_NAME[name].type);
    const { signature } = await sign(this.secret, file, String(expires));
    const query = new URLSearchParams({ expires: String(expires), signature });
    return `${origin}/images/${file}?${query.toString()}`;
  }

  async open(file: string, query: URLSearchParams, now: Date): Promise<LinkTarget> {
    const timestamp = query.get('expires') ?? '';
    const signature = query.get('signature') ?? '';
    if (!(await verify(this.secret, file, { timestamp, signature }))) return { error: 'forged' };
    if (Number(timestamp) * 1000 <= now.getTime()) return { error: 'expired' };
    const drawing = drawingAt(file);
    return drawing ? { drawing } : { error: 'no such image' };
  }
}
