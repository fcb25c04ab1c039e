import type * as vscode from 'vscode';
import * as z from 'zod/mini';

const Scopes = z.object({
  scopes: z.array(z.object({ variablesReference: z.number(), expensive: z.optional(z.boolean()) })),
});
const Variables = z.object({
  variables: z.array(
    z.object({
      name: z.string(),
      value: z.string(),
      variablesReference: z.number(),
      indexedVariables: z.optional(z.number()),
      /** `lazy`: a getter, whose source this is, not its value. */
      presentationHint: z.optional(z.object({ lazy: z.optional(z.boolean()) })),
    }),
  ),
});
type Variable = z.infer<typeof Variables>['variables'][number];

/** Longer lists are not read: their elements have no names. */
const MOST_ELEMENTS = 1000;

/**
 * The variables of a stack frame, as the Variables view has them. Nothing is evaluated: a getter may change what is
 * being debugged.
 */
export class StackFrame {
  private readonly known = new Map<number, Promise<readonly Variable[]>>();
  private scopes: Promise<readonly number[]> | null = null;

  constructor(
    private readonly session: Pick<vscode.DebugSession, 'customRequest'>,
    private readonly frameId: number,
  ) {}

  /** The value at the first path that is known there. Null if none is: it may belong to another function. */
  async valueOf(paths: readonly (readonly string[])[]): Promise<string | null> {
    this.scopes ??= this.readScopes();
    const scopes = await this.scopes;
    for (const [first, ...fields] of paths) {
      for (const scope of scopes) {
        let found = await this.variable(scope, first);
        for (const name of fields) found = found && (await this.field(found, name));
        if (found) return found.value;
      }
    }
    return null;
  }

  private async field(of: Variable, name: string): Promise<Variable | undefined> {
    if ((of.indexedVariables ?? 0) > MOST_ELEMENTS) return undefined;
    return await this.variable(of.variablesReference, name);
  }

  private async variable(
    reference: number,
    name: string | undefined,
  ): Promise<Variable | undefined> {
    if (reference === 0) return undefined; // has no variables in it
    const variables = this.known.get(reference) ?? this.read(reference);
    this.known.set(reference, variables);
    const all = await variables;
    const [first] = all;
    // Go: the target of a pointer is its only child, and has no name.
    if (first?.name === '') return await this.variable(first.variablesReference, name);
    return all.find((variable) => variable.name === name || keyOf(variable.name) === name);
  }

  /** Without a filter: some debuggers count the fields of an object as indexed. */
  private async read(variablesReference: number): Promise<readonly Variable[]> {
    const response = await this.request('variables', { variablesReference });
    const variables = Variables.safeParse(response).data?.variables ?? [];
    return variables.filter(({ presentationHint }) => presentationHint?.lazy !== true);
  }

  private async readScopes(): Promise<readonly number[]> {
    const response = await this.request('scopes', { frameId: this.frameId });
    const scopes = Scopes.safeParse(response).data?.scopes ?? [];
    return scopes
      .filter(({ expensive }) => expensive !== true)
      .map(({ variablesReference }) => variablesReference);
  }

  private async request(command: string, body: object): Promise<unknown> {
    try {
      return await this.session.customRequest(command, body);
    } catch {
      return null; // execution continued, so there is nothing to show
    }
  }
}

/** Keys of maps are shown as the language writes them: `'a'`, `"a"`, `:a`. */
const keyOf = (name: string): string | undefined =>
  /^(?:(["'])(\w+)\1|:(\w+))$/.exec(name)?.slice(2).find(Boolean);
