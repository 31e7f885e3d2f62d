import { Construct } from 'constructs';
import { EphemeralResource } from '../../../modules/database/ephemeral-resource';
import { synth } from '../../support/harness';

const TYPE = 'aws_ssm_parameter';

describe('an ephemeral resource', () => {
  test('is a block of its own, with the address that a resource at its path would have', () => {
    const out = synth((stack) => {
      new EphemeralResource(new Construct(stack, 'Some Thing'), 'SsmParameter', TYPE, {
        arn: 'arn:aws:ssm:x',
      });
    });
    expect(out.json['ephemeral']).toEqual({ [TYPE]: { 'some-thing': { arn: 'arn:aws:ssm:x' } } });
    expect(out.addresses).toEqual([]);
  });

  test('names its attributes as expressions do', () => {
    synth((stack) => {
      const licence = new EphemeralResource(stack, 'Licence', TYPE, {});
      expect(licence.attribute('value')).toBe('ephemeral.aws_ssm_parameter.licence.value');
    });
  });

  test('cannot have the address of another one', () => {
    expect(() =>
      synth((stack) => {
        new EphemeralResource(new Construct(stack, 'one'), 'Two', TYPE, {});
        new EphemeralResource(new Construct(stack, 'One'), 'two', TYPE, {});
      }),
    ).toThrow(
      'test-us-east-1-workload/One/two: address must be unique in its stack, got ephemeral.aws_ssm_parameter.one_two, which test-us-east-1-workload/one/Two has; rename one of the two constructs',
    );
  });

  test('stands beside others of its type', () => {
    const out = synth((stack) => {
      new EphemeralResource(stack, 'One', TYPE, {});
      new EphemeralResource(stack, 'Two', TYPE, {});
    });
    expect(out.json['ephemeral']).toEqual({ [TYPE]: { one: {}, two: {} } });
  });
});
