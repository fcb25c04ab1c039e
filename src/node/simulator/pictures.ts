import { sign, verify } from '../../core/smile/signature';
import { DRAWINGS } from './drawings/drawings';

/** Besides the drawings one GIF of a single pixel, and one drawing that does not arrive. */
const PICTURES = {
  ...DRAWINGS,
  gif: {
    type: 'image/gif',
    base64: 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
  },
  late: { ...DRAWINGS.selfie, wait: 600 },
};

export type DrawingName = keyof typeof PICTURES;

export interface Drawing {
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Seconds until it is sent. */
  readonly wait: number;
}

/** How long links last, in seconds. Smile ID does not document it for its own. */
export const LINK_LIFETIME = 15 * 60;

/** A drawing's bytes as base64 text, as `Photo` and `Document` hold them. */
export function base64Of(name: DrawingName): string {
  return PICTURES[name].base64;
}

function drawingAt(file: string): Drawing | null {
  for (const [name, picture] of Object.entries(PICTURES)) {
    const { type, base64 } = picture;
    if (file !== fileName(name, type)) continue;
    const wait = 'wait' in picture ? picture.wait : 0;
    return { type, bytes: Buffer.from(base64, 'base64'), wait };
  }
  return null;
}

function fileName(name: string, type: string): string {
  return `${name}.${type.replace('image/', '')}`;
}

export type PictureAnswer =
  { readonly drawing: Drawing } | { readonly error: 'expired' | 'forged' | 'no such picture' };

/** Signs links to the drawings and checks them, as a storage service does. */
export class PictureLinks {
  /** Links of another simulator, or of an earlier run, are not accepted. */
  private readonly secret = crypto.randomUUID();

  /**
   * @param origin scheme, host and port that the link starts with
   * @param expires Unix time in seconds
   */
  async link(origin: string, name: DrawingName, expires: number): Promise<string> {
    const file = fileName(name, PICTURES[name].type);
    const { signature } = await sign(this.secret, file, String(expires));
    const query = new URLSearchParams({ expires: String(expires), signature });
    return `${origin}/images/${file}?${query.toString()}`;
  }

  async open(file: string, query: URLSearchParams, now: Date): Promise<PictureAnswer> {
    const timestamp = query.get('expires') ?? '';
    const signature = query.get('signature') ?? '';
    if (!(await verify(this.secret, file, { timestamp, signature }))) return { error: 'forged' };
    if (Number(timestamp) * 1000 <= now.getTime()) return { error: 'expired' };
    const drawing = drawingAt(file);
    return drawing ? { drawing } : { error: 'no such picture' };
  }
}
