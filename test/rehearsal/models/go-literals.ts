/**
 * An expression of Go, as far as the schemas of a provider use it. Of anything else (operators, conversions)
 * only the end is found.
 */
export type GoExpression =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly GoExpression[] }
  | { readonly kind: 'literal'; readonly type: string; readonly entries: readonly GoEntry[] }
  /** A function, by what its last `return` gives. */
  | { readonly kind: 'function'; readonly returns: GoExpression }
  | { readonly kind: 'sum'; readonly parts: readonly GoExpression[] }
  | { readonly kind: 'other' };

export interface GoEntry {
  readonly key: GoExpression | undefined;
  readonly value: GoExpression;
}

const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])+'|[A-Za-z_]\w*|\d[\w.]*|\s+|:=|\.{3}|[^\s]/g;
const OTHER: GoExpression = { kind: 'other' };
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

export function goTokens(source: string): string[] {
  return (source.match(TOKEN) ?? []).filter((token) => !/^(\s|\/\/|\/\*)/.test(token));
}

/** What a literal of a structure gives one of its fields. */
export function fieldOf(expression: GoExpression, field: string): GoExpression | undefined {
  if (expression.kind !== 'literal') return undefined;
  return expression.entries.find(({ key }) => key?.kind === 'name' && key.name === field)?.value;
}

/** Reads expressions out of tokens; `at` is the next one. */
export class GoReader {
  constructor(
    private readonly tokens: readonly string[],
    public at = 0,
  ) {}

  expression(): GoExpression {
    const parts = [this.operand()];
    while (this.peek() === '+') {
      this.at += 1;
      parts.push(this.operand());
    }
    if (!this.isAtEnd()) {
      // some other operator: what it comes to does not matter here
      while (!this.isAtEnd()) this.skipOne();
      return OTHER;
    }
    return parts.length === 1 ? (parts[0] ?? OTHER) : { kind: 'sum', parts };
  }

  /** The body of the function at `{`, as what its last outermost `return` gives. */
  functionBody(): GoExpression {
    const end = this.endOfGroup();
    let returns: GoExpression = OTHER;
    this.at += 1;
    while (this.at < end) {
      if (this.peek() === 'return') {
        this.at += 1;
        returns = this.expression();
      } else this.skipOne();
    }
    this.at = end + 1;
    return returns;
  }

  /** An expression up to its first operator. */
  operand(): GoExpression {
    while (this.peek() === '&' || this.peek() === '*') this.at += 1;
    const token = this.peek();
    if (token === undefined) return OTHER;
    if (/^["`]/.test(token)) {
      this.at += 1;
      return { kind: 'text', text: token.slice(1, -1) };
    }
    if (token === 'func') return this.functionLiteral();
    if (token === '{') return this.literal('');
    if (token === 'map' || token === '[') return this.typed();
    if (/^[A-Za-z_]/.test(token)) return this.named();
    this.skipOne();
    return OTHER;
  }

  private functionLiteral(): GoExpression {
    while (this.peek() !== '{' && this.peek() !== undefined) this.skipType();
    return { kind: 'function', returns: this.functionBody() };
  }

  /** `interface{}` and `struct{}` have braces of their own. */
  private skipType(): void {
    const isBraced = this.peek() === 'interface' || this.peek() === 'struct';
    this.skipOne();
    if (isBraced && this.peek() === '{') this.skipOne();
  }

  private typed(): GoExpression {
    const start = this.at;
    while (!['{', '(', undefined].includes(this.peek())) this.skipOne();
    const type = this.tokens.slice(start, this.at).join('');
    return this.peek() === '{' ? this.literal(type) : OTHER;
  }

  private named(): GoExpression {
    let name = this.take();
    while (this.peek() === '.') {
      this.at += 1;
      name += `.${this.take()}`;
    }
    if (this.peek() === '[') this.skipOne();
    if (this.peek() === '{') return this.literal(name);
    if (this.peek() !== '(') return { kind: 'name', name };
    const call: GoExpression = { kind: 'call', name, arguments: this.list('(').map(({ value }) => value) };
    // a call of what a call gives, or a method of it
    while (['(', '.', '['].includes(this.peek() ?? '')) {
      if (this.peek() === '.') this.at += 2;
      else this.skipOne();
    }
    return call;
  }

  private literal(type: string): GoExpression {
    return { kind: 'literal', type, entries: this.list('{') };
  }

  private list(open: '(' | '{'): GoEntry[] {
    const entries: GoEntry[] = [];
    const close = CLOSING[open];
    this.at += 1;
    while (this.peek() !== close && this.peek() !== undefined) {
      const first = this.expression();
      if (this.peek() === ':') {
        this.at += 1;
        entries.push({ key: first, value: this.expression() });
      } else entries.push({ key: undefined, value: first });
      if (this.peek() === '...') this.at += 1;
      if (this.peek() === ',') this.at += 1;
      else if (this.peek() !== close) this.skipOne();
    }
    this.at += 1;
    return entries;
  }

  private isAtEnd(): boolean {
    const token = this.peek();
    return token === undefined || /^[,)\]}:;]$|^(:=|\.{3}|if|for|var|return|switch|const)$/.test(token);
  }

  private skipOne(): void {
    this.at = CLOSING[this.peek() ?? ''] === undefined ? this.at + 1 : this.endOfGroup() + 1;
  }

  /** Where the bracket closes that stands here. */
  private endOfGroup(): number {
    let depth = 0;
    for (let index = this.at; index < this.tokens.length; index += 1) {
      const token = this.tokens[index] ?? '';
      if (CLOSING[token] !== undefined) depth += 1;
      else if (/^[)\]}]$/.test(token)) depth -= 1;
      if (depth === 0) return index;
    }
    return this.tokens.length;
  }

  private peek(): string | undefined {
    return this.tokens[this.at];
  }

  private take(): string {
    this.at += 1;
    return this.tokens[this.at - 1] ?? '';
  }
}
