import { RunError } from '../../../../src/errors';
import { awsAccessInventory } from '../../../../src/terraform/drift/access-inventory';
import { AwsServer, type AwsAnswer } from '../../../support/aws-server';

const aws = new AwsServer(['EC2', 'IAM']);
const asked = () => aws.requests.map(({ body }) => new URLSearchParams(body));
const answers = (answer: (query: URLSearchParams) => AwsAnswer) => {
  aws.answer = ({ body }) => answer(new URLSearchParams(body));
};

const rules = (ids: readonly string[], next = '') =>
  `<DescribeSecurityGroupRulesResponse><securityGroupRuleSet>${ids
    .map((id) => `<item><groupId>sg-1</groupId><securityGroupRuleId>${id}</securityGroupRuleId></item>`)
    .join(
      '',
    )}</securityGroupRuleSet>${next && `<nextToken>${next}</nextToken>`}</DescribeSecurityGroupRulesResponse>`;

it('lists the rules of groups, page by page, and many groups in several questions', async () => {
  answers((query) => ({ body: query.get('NextToken') ? rules(['sgr-2']) : rules(['sgr-1'], 'more') }));
  const groups = Array.from({ length: 201 }, (_, index) => `sg-${index}`);
  const found = await awsAccessInventory.securityGroupRules('us-east-1', groups);
  expect(found.map(({ rule }) => rule)).toEqual(['sgr-1', 'sgr-2', 'sgr-1', 'sgr-2']);
  expect(asked().map((query) => query.get('Filter.1.Value.1'))).toEqual(['sg-0', 'sg-0', 'sg-200', 'sg-200']);
});

it('says which permission may be missing', async () => {
  answers(() => ({
    status: 403,
    body: '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>',
  }));
  await expect(awsAccessInventory.securityGroupRules('us-east-1', ['sg-1'])).rejects.toThrow(
    new RunError(
      'rules of security groups in us-east-1 must be readable, got UnauthorizedOperation: no; check ec2:DescribeSecurityGroupRules, and the network',
    ),
  );
});

it('lists the routes of tables but for local ones, whatever they lead to', async () => {
  const routes = [
    '<destinationCidrBlock>10.0.0.0/16</destinationCidrBlock><gatewayId>local</gatewayId>',
    '<destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><gatewayId>igw-1</gatewayId>',
    '<destinationIpv6CidrBlock>::/0</destinationIpv6CidrBlock><natGatewayId>nat-1</natGatewayId>',
    '<destinationPrefixListId>pl-1</destinationPrefixListId><transitGatewayId>tgw-1</transitGatewayId>',
  ];
  answers(() => ({
    body: `<DescribeRouteTablesResponse><routeTableSet><item><routeTableId>rtb-1</routeTableId><routeSet>${routes
      .map((route) => `<item>${route}</item>`)
      .join('')}</routeSet></item></routeTableSet></DescribeRouteTablesResponse>`,
  }));
  expect(await awsAccessInventory.routes('us-east-1', ['rtb-1'])).toEqual([
    { table: 'rtb-1', destination: '0.0.0.0/0', via: 'igw-1' },
    { table: 'rtb-1', destination: '::/0', via: 'nat-1' },
    { table: 'rtb-1', destination: 'pl-1', via: 'tgw-1' },
  ]);
  expect(asked().map((query) => query.get('Filter.1.Name'))).toEqual(['route-table-id']);
});

it('lists inline and attached policies of a role', async () => {
  answers((query) => ({
    body:
      query.get('Action') === 'ListRolePolicies'
        ? '<ListRolePoliciesResponse><ListRolePoliciesResult><PolicyNames><member>read</member></PolicyNames></ListRolePoliciesResult></ListRolePoliciesResponse>'
        : '<ListAttachedRolePoliciesResponse><ListAttachedRolePoliciesResult><AttachedPolicies><member><PolicyName>p</PolicyName><PolicyArn>arn:p</PolicyArn></member></AttachedPolicies></ListAttachedRolePoliciesResult></ListAttachedRolePoliciesResponse>',
  }));
  expect(await awsAccessInventory.rolePolicies('us-east-1', 'dev-task')).toEqual(['read', 'arn:p']);
  expect(asked().map((query) => query.get('RoleName'))).toEqual(['dev-task', 'dev-task']);
});

it('finds no policies of a role that is gone', async () => {
  answers(() => ({
    status: 404,
    body: '<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>gone</Message></Error></ErrorResponse>',
  }));
  expect(await awsAccessInventory.rolePolicies('us-east-1', 'dev-task')).toEqual([]);
});
