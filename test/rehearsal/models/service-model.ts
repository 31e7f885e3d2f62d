import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A shape as AWS publishes it: botocore carries the models of all services, and is kept up to date daily. */
export interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
}

export class ServiceModel {
  private constructor(
    private readonly operations: Readonly<Record<string, { readonly input: { readonly shape: string } }>>,
    private readonly shapes: Readonly<Record<string, Shape>>,
  ) {}

  /** @param data botocore's folder `data`, of which the newest version of the service's API is read */
  static read(data: string, service: string): ServiceModel {
    const versions = readdirSync(join(data, service)).sort();
    const file = join(data, service, versions.at(-1) ?? '', 'service-2.json');
    const text = existsSync(file) ? readFileSync(file) : gunzipSync(readFileSync(`${file}.gz`));
    const { operations, shapes } = JSON.parse(text.toString('utf8')) as {
      operations: Record<string, { input: { shape: string } }>;
      shapes: Record<string, Shape>;
    };
    return new ServiceModel(operations, shapes);
  }

  /** The input of an operation, or what stands inside of it: `CreateX`, `PutX#Configuration.Rules`. */
  input(operation: string): Shape {
    const [name = '', way = ''] = operation.split('#');
    let shape = this.shape(this.operations[name]?.input.shape ?? '');
    for (const member of way.split('.').filter(Boolean)) {
      const found = this.member(shape, member);
      if (!found) throw new Error(`${operation}: the model has no ${member}`);
      shape = this.content(found);
    }
    return shape;
  }

  /** The shape of a member, whatever the case of its name and the underscores in it. */
  member(shape: Shape, name: string): Shape | undefined {
    const wanted = plain(name);
    const found = Object.entries(shape.members ?? {}).find(([member]) => plain(member) === wanted);
    return found && this.shape(found[1].shape);
  }

  /** What a list holds; anything else is itself. */
  content(shape: Shape): Shape {
    return shape.type === 'list' && shape.member ? this.content(this.shape(shape.member.shape)) : shape;
  }

  private shape(name: string): Shape {
    const shape = this.shapes[name];
    if (!shape) throw new Error(`the model has no shape "${name}"`);
    return shape;
  }
}

const plain = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
