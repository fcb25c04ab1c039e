/** A file of a form. What is in it is counted and dropped. */
export interface FormFile {
  /** As its part says, such as `image/jpeg`; empty if it does not. */
  readonly type: string;
  readonly bytes: number;
}

/** The body of a multipart/form-data request. */
export interface Form {
  /** By name. Of several parts of one name the last counts. */
  readonly texts: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, readonly FormFile[]>;
  /** Size of the whole body. */
  readonly bytes: number;
}

/** The texts of a form together. Real ones have less than 2 KB. */
const MAX_TEXT_BYTES = 64 * 1024;
const MAX_HEADER_BYTES = 8 * 1024;
const MAX_PARTS = 100;

const TYPE = /^multipart\/form-data\s*(?:;|$)/i;
const BOUNDARY = /;\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s";,]{1,70}))/i;
const DISPOSITION = /^content-disposition:[ \t]*form-data[ \t]*(;[^\r\n]*)/im;
const NAME = /;[ \t]*name="([^"]*)"/i;
const FILE_NAME = /;[ \t]*filename\*?=/i;
const PART_TYPE = /^content-type:[ \t]*([^\s;]+)/im;

interface Part {
  readonly name: string;
  /** Null if it is a text. */
  readonly fileType: string | null;
  readonly chunks: Buffer[];
  bytes: number;
}

/**
 * Reads multipart/form-data (RFC 7578) piece by piece, so that files of any size need no memory. Strict: nothing before
 * the first boundary, each part named, and the last boundary there.
 */
export class MultipartReader {
  private readonly texts = new Map<string, string>();
  private readonly files = new Map<string, FormFile[]>();
  private readonly delimiter: Buffer;
  private state: 'start' | 'delimiter' | 'headers' | 'content' | 'end' | 'malformed' | 'too large';
  /** What was not read yet. A boundary starts with a line break, which the first one need not have. */
  private rest = Buffer.from('\r\n');
  private part: Part | null = null;
  private parts = 0;
  private bytes = 0;
  private textBytes = 0;

  private constructor(boundary: string | undefined) {
    this.delimiter = Buffer.from(`\r\n--${boundary ?? ''}`, 'latin1');
    this.state = boundary === undefined ? 'malformed' : 'start';
  }

  /** @returns null if the content type is another one */
  static of(contentType: string): MultipartReader | null {
    if (!TYPE.test(contentType)) return null;
    const [, quoted, plain] = BOUNDARY.exec(contentType) ?? [];
    return new MultipartReader(quoted ?? plain);
  }

  push(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.rest = Buffer.concat([this.rest, chunk]);
    while (this.step());
  }

  end(): Form | 'malformed' | 'too large' {
    if (this.state === 'too large') return 'too large';
    if (this.state !== 'end') return 'malformed';
    return { texts: this.texts, files: this.files, bytes: this.bytes };
  }

  /** @returns whether there is more to read in what was received */
  private step(): boolean {
    switch (this.state) {
      case 'start':
        if (this.rest.length < this.delimiter.length) return false;
        return this.rest.subarray(0, this.delimiter.length).equals(this.delimiter)
          ? this.enter('delimiter', this.delimiter.length)
          : this.enter('malformed');
      case 'delimiter': {
        if (this.rest.length < 2) return false;
        const next = this.rest.toString('latin1', 0, 2);
        return this.enter(next === '--' ? 'end' : next === '\r\n' ? 'headers' : 'malformed', 2);
      }
      case 'headers':
        return this.readHeaders();
      case 'content':
        return this.readContent();
      default:
        this.rest = Buffer.alloc(0); // what comes after the end, or after a fault, does not count
        return false;
    }
  }

  private enter(state: MultipartReader['state'], read = 0): boolean {
    this.state = state;
    this.rest = this.rest.subarray(read);
    return true;
  }

  private readHeaders(): boolean {
    const end = this.rest.indexOf('\r\n\r\n');
    if (end < 0 && this.rest.length <= MAX_HEADER_BYTES) return false;
    const headers = this.rest.toString('utf8', 0, Math.max(0, end));
    const disposition = DISPOSITION.exec(headers)?.[1] ?? '';
    const name = NAME.exec(disposition)?.[1];
    this.parts += 1;
    if (name === undefined || this.parts > MAX_PARTS) return this.enter('malformed');
    const isFile = FILE_NAME.test(disposition);
    const fileType = isFile ? (PART_TYPE.exec(headers)?.[1] ?? '').toLowerCase() : null;
    this.part = { name, fileType, chunks: [], bytes: 0 };
    return this.enter('content', end + 4);
  }

  private readContent(): boolean {
    const { part } = this;
    if (!part) return this.enter('malformed');
    const end = this.rest.indexOf(this.delimiter);
    // The last bytes may be the start of a boundary.
    const read = end < 0 ? Math.max(0, this.rest.length - this.delimiter.length + 1) : end;
    part.bytes += read;
    if (part.fileType === null) {
      this.textBytes += read;
      if (this.textBytes > MAX_TEXT_BYTES) return this.enter('too large');
      part.chunks.push(this.rest.subarray(0, read));
    }
    if (end < 0) {
      this.rest = this.rest.subarray(read);
      return false;
    }
    if (part.fileType === null) this.texts.set(part.name, Buffer.concat(part.chunks).toString());
    else {
      const others = this.files.get(part.name) ?? [];
      this.files.set(part.name, [...others, { type: part.fileType, bytes: part.bytes }]);
    }
    return this.enter('delimiter', end + this.delimiter.length);
  }
}
