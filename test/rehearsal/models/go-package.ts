import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldOf, type GoExpression, GoReader, goTokens } from './go-literals';

const OTHER: GoExpression = { kind: 'other' };
/** Functions and names may stand for each other: so deep, and no deeper, they are followed. */
const DEEPEST = 12;

/** A resource type of the provider, and the function that describes it. */
export interface Registration {
  readonly type: string;
  readonly factory: string;
}

/** The sources of one package in Go: what its functions give, and its names stand for. */
export class GoPackage {
  private readonly tokens: readonly string[];
  private readonly functions = new Map<string, number>();
  private readonly methods = new Map<string, number>();
  private readonly values = new Map<string, number>();

  constructor(folder: string) {
    const files = readdirSync(folder).filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'));
    this.tokens = goTokens(files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n'));
    this.index();
  }

  /** Data sources are registered alike, under the same names. */
  registrations(): Registration[] {
    const list = this.methods.get('SDKResources');
    const registered = list === undefined ? OTHER : new GoReader(this.tokens, list).functionBody();
    if (registered.kind !== 'literal') return [];
    return registered.entries.flatMap(({ value }) => {
      const factory = fieldOf(value, 'Factory');
      const type = fieldOf(value, 'TypeName');
      if (factory?.kind !== 'name' || type?.kind !== 'text') return [];
      return [{ factory: factory.name, type: type.text }];
    });
  }

  /** What a function gives, with all names that the package explains put in. */
  resultOf(name: string): GoExpression {
    const start = this.functions.get(name);
    return start === undefined ? OTHER : new GoReader(this.tokens, start).functionBody();
  }

  /** Follows names and calls to what they stand for; what the package does not explain stays as it is. */
  resolve(expression: GoExpression, depth = 0): GoExpression {
    if (depth > DEEPEST) return OTHER;
    if (expression.kind === 'call' && this.functions.has(expression.name)) {
      return this.resolve(this.resultOf(expression.name), depth + 1);
    }
    if (expression.kind === 'function') return this.resolve(expression.returns, depth + 1);
    if (expression.kind !== 'name' || expression.name.includes('.')) return expression;
    if (this.functions.has(expression.name)) return this.resolve(this.resultOf(expression.name), depth + 1);
    const start = this.values.get(expression.name);
    if (start === undefined) return expression;
    return this.resolve(new GoReader(this.tokens, start).operand(), depth + 1);
  }

  private index(): void {
    const { tokens } = this;
    const ambiguous = new Set<string>();
    for (let index = 0; index < tokens.length; index += 1) {
      const name = tokens[index + 1] ?? '';
      // func name( … ) result {
      if (tokens[index] === 'func' && tokens[index + 2] === '(')
        this.functions.set(name, this.bodyAfter(index));
      // func (receiver) name( … ) result {
      const method = tokens[index] === 'func' && name === '(' ? tokens.indexOf(')', index) + 1 : -1;
      if (method > 0) this.methods.set(tokens[method] ?? '', this.bodyAfter(method));
      // a local name of many functions says nothing for sure: the first one that has the form of a schema or a list counts
      const isGiven = tokens[index + 1] === ':=' || tokens[index + 1] === '=';
      const token = tokens[index] ?? '';
      if (!isGiven || !/^[a-z]\w+$/.test(token)) continue;
      if (!/^(\[|map|&|func|")/.test(tokens[index + 2] ?? '')) continue;
      if (this.values.has(token)) ambiguous.add(token);
      else this.values.set(token, index + 2);
    }
    for (const name of ambiguous) this.values.delete(name);
  }

  private bodyAfter(start: number): number {
    let depth = 0;
    for (let index = start; index < this.tokens.length; index += 1) {
      const token = this.tokens[index] ?? '';
      if (token === '(' || token === '[') depth += 1;
      else if (token === ')' || token === ']') depth -= 1;
      const isType = ['interface', 'struct'].includes(this.tokens[index - 1] ?? '');
      if (depth === 0 && token === '{' && !isType) return index;
    }
    return this.tokens.length;
  }
}
