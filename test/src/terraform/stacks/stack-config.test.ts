import { holdsAnything, parametersNeeded, statesRead } from '../../../../src/terraform/stacks/stack-config';

const text = (config: object) => JSON.stringify({ terraform: {}, ...config }, undefined, 2);

describe('states that a stack reads', () => {
  const config = { bucket: 'b', key: 'dev/us-east-1/foundation.tfstate', region: 'us-east-1', encrypt: true };

  it('are found with the outputs that are used, each once', () => {
    const read = text({
      data: { terraform_remote_state: { foundation: { backend: 's3', config } } },
      resource: {
        aws_x: {
          a: { vpc: '${data.terraform_remote_state.foundation.outputs.aws_vpc-network-id}' },
          b: {
            text: 'in ${data.terraform_remote_state.foundation.outputs.aws_vpc-network-id} and ${data.terraform_remote_state.foundation.outputs.a_key[0]}',
          },
        },
      },
    });
    expect(statesRead(read)).toEqual([
      {
        location: { bucket: 'b', key: 'dev/us-east-1/foundation.tfstate', region: 'us-east-1' },
        outputs: ['a_key', 'aws_vpc-network-id'],
      },
    ]);
  });

  it('are none where there is no data', () => {
    expect(statesRead(text({}))).toEqual([]);
  });
});

describe('parameters that a stack needs', () => {
  it('are those that data sources read, in their own region or the one of the stack', () => {
    const read = text({
      data: {
        aws_ssm_parameter: {
          b: { name: '/releases/dev/b' },
          a: { name: '/releases/dev/a', region: 'us-west-2', secret: false },
        },
      },
    });
    expect(parametersNeeded(read, 'us-east-1')).toEqual([
      { name: '/releases/dev/a', region: 'us-west-2', secret: false },
      { name: '/releases/dev/b', region: 'us-east-1', secret: false },
    ]);
  });

  it('leave out those of AWS and those whose names are not known yet', () => {
    const read = text({
      data: {
        aws_ssm_parameter: {
          image: { name: '/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended' },
          computed: { name: '${aws_x.y.name}' },
        },
      },
    });
    expect(parametersNeeded(read, 'us-east-1')).toEqual([]);
  });

  it.each([
    { title: 'JSON', definitions: JSON.stringify([{ secrets: [{ name: 'KEY', valueFrom: arn('KEY') }] }]) },
    {
      title: 'an expression',
      definitions: `\${jsonencode([{"secrets" = [{"name" = "KEY", "valueFrom" = "${arn('KEY')}"}]}])}`,
    },
    { title: 'blocks', definitions: [{ valueFrom: arn('KEY') }] },
  ])('are the secrets of containers that are written as $title', ({ definitions }) => {
    const read = text({
      resource: { aws_ecs_task_definition: { api: { container_definitions: definitions } } },
    });
    expect(parametersNeeded(read, 'us-east-1')).toEqual([
      { name: '/dev/api/KEY', region: 'us-west-2', secret: true },
    ]);
  });

  it('are not what only a policy names', () => {
    const read = text({
      resource: { aws_iam_role_policy: { own: { policy: `{"Resource":"${arn('*')}"}` } } },
    });
    expect(parametersNeeded(read, 'us-east-1')).toEqual([]);
  });

  it('are named once', () => {
    const one = { valueFrom: arn('KEY') };
    expect(parametersNeeded(text({ resource: { x: { a: { one }, b: { one } } } }), 'us-east-1')).toHaveLength(
      1,
    );
  });
});

it('a stack without resources holds nothing', () => {
  expect(holdsAnything(text({}))).toBe(false);
  expect(holdsAnything(text({ resource: { aws_vpc: {} } }))).toBe(true);
});

function arn(name: string): string {
  return `arn:aws:ssm:us-west-2:111122223333:parameter/dev/api/${name}`;
}
