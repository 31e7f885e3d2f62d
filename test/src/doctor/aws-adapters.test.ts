import { createSocket, type Socket } from 'node:dgram';
import {
  ecrImages,
  iamLinkedRoles,
  publicNames,
  route53Zones,
  serviceQuotas,
} from '../../../src/doctor/aws-adapters';
import { RunError } from '../../../src/errors';
import { AwsServer, type AwsAnswer } from '../../support/aws-server';

const aws = new AwsServer();
const { requests } = aws;

const failure = (type: string): AwsAnswer => ({
  status: 400,
  body: JSON.stringify({ __type: type, message: `it says ${type}` }),
});

describe('zones in Route 53', () => {
  const zone = (id: string, name: string, isPrivate = false) =>
    `<HostedZone><Id>/hostedzone/${id}</Id><Name>${name}</Name><CallerReference>x</CallerReference><Config><PrivateZone>${isPrivate}</PrivateZone></Config></HostedZone>`;

  it('are the public ones of exactly this name', async () => {
    aws.answer = ({ path }) => {
      const id = /hostedzone\/(Z\d)/.exec(path)?.[1];
      if (id !== undefined)
        return {
          body: `<GetHostedZoneResponse>${zone(id, 'x.')}<DelegationSet><NameServers><NameServer>ns-${id}</NameServer></NameServers></DelegationSet></GetHostedZoneResponse>`,
        };
      const zones = [
        zone('Z1', 'dev.example.org.'),
        zone('Z2', 'dev.example.org.', true),
        zone('Z3', 'qa.example.org.'),
      ];
      return {
        body: `<ListHostedZonesByNameResponse><HostedZones>${zones.join('')}</HostedZones></ListHostedZonesByNameResponse>`,
      };
    };
    expect(await route53Zones.nameServers('us-east-1', 'dev.example.org')).toEqual([['ns-Z1']]);
    expect(requests[0]?.path).toContain('dnsname=dev.example.org');
  });

  it('cannot be told without permission', async () => {
    aws.answer = () => ({
      status: 403,
      body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>',
    });
    await expect(route53Zones.nameServers('us-east-1', 'dev.example.org')).rejects.toThrow(
      new RunError(
        'zone dev.example.org must be readable, got AccessDenied: no; check route53:ListHostedZonesByName and route53:GetHostedZone, and the network',
      ),
    );
  });
});

describe('public DNS', () => {
  let dns: Socket;
  /** The last nibble of the flags: 0 no error, 2 the server has failed, 3 no such name. */
  let code = 0;
  beforeEach(async () => {
    dns = createSocket('udp4');
    dns.on('message', (query, { port, address }) => {
      const answered = Buffer.from(query.subarray(0, query.indexOf(0, 12) + 5));
      answered.writeUInt16BE(0x8180 | code, 2);
      answered.fill(0, 6, 12);
      const server = Buffer.from('\x03ns1\x03aws\x00', 'latin1');
      // the name of the question, NS, IN, one minute, how long the answer is
      const record = Buffer.from([0xc0, 12, 0, 2, 0, 1, 0, 0, 0, 60, 0, server.length, ...server]);
      answered.writeUInt16BE(code === 0 ? 1 : 0, 6);
      dns.send(code === 0 ? Buffer.concat([answered, record]) : answered, port, address);
    });
    await new Promise<void>((resolve) => dns.bind(0, '127.0.0.1', resolve));
  });
  afterEach(() => void dns.close());
  const ask = () => publicNames([`127.0.0.1:${dns.address().port}`]).nameServers('dev.example.org');

  it('names the servers', async () => {
    code = 0;
    expect(await ask()).toEqual(['ns1.aws']);
  });

  it('knows no such name', async () => {
    code = 3;
    expect(await ask()).toEqual([]);
  });

  it('does not answer', async () => {
    code = 2;
    await expect(ask()).rejects.toThrow(
      /^name servers of dev\.example\.org must be known to public DNS, got ESERVFAIL; check the network/,
    );
  });
});

it('service-linked roles are read from their paths, page by page', async () => {
  const page = (service: string, rest: string) => ({
    body: `<ListRolesResponse><ListRolesResult><Roles><member><Path>/aws-service-role/${service}/</Path></member></Roles>${rest}</ListRolesResult></ListRolesResponse>`,
  });
  aws.answer = ({ body }) =>
    body.includes('Marker=2')
      ? page('ecs.application-autoscaling.amazonaws.com', '')
      : page('rds.amazonaws.com', '<IsTruncated>true</IsTruncated><Marker>2</Marker>');
  expect([...(await iamLinkedRoles.services('us-east-1'))]).toEqual([
    'rds.amazonaws.com',
    'ecs.application-autoscaling.amazonaws.com',
  ]);
  expect(requests[0]?.body).toContain('PathPrefix=%2Faws-service-role%2F');
});

describe('images', () => {
  const image = { account: '555555555555', region: 'us-east-1', repository: 'api', digest: 'sha256:1' };

  it('are asked for by digest, in the registry of their account', async () => {
    aws.answer = () => ({ body: '{}' });
    expect(await ecrImages.has(image)).toBe(true);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      registryId: '555555555555',
      repositoryName: 'api',
      imageIds: [{ imageDigest: 'sha256:1' }],
    });
  });

  it.each(['ImageNotFoundException', 'RepositoryNotFoundException'])('are missing: %s', async (type) => {
    aws.answer = () => failure(type);
    expect(await ecrImages.has(image)).toBe(false);
  });

  it('cannot be told without permission', async () => {
    aws.answer = () => failure('AccessDeniedException');
    await expect(ecrImages.has(image)).rejects.toThrow(
      /^image api of account 555555555555 in us-east-1 must be readable, got AccessDeniedException/,
    );
  });
});

describe('quotas', () => {
  const quota = { name: 'VPCs per Region', service: 'vpc', code: 'L-F678F1CE' };

  it("are the account's own", async () => {
    aws.answer = () => ({ body: JSON.stringify({ Quota: { Value: 12 } }) });
    expect(await serviceQuotas.limit('us-east-1', quota)).toBe(12);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ ServiceCode: 'vpc', QuotaCode: 'L-F678F1CE' });
  });

  it("are AWS's default where the account has none", async () => {
    aws.answer = ({ target }) =>
      target?.endsWith('.GetServiceQuota')
        ? failure('NoSuchResourceException')
        : { body: JSON.stringify({ Quota: { Value: 5 } }) };
    expect(await serviceQuotas.limit('us-east-1', quota)).toBe(5);
  });

  it.each([
    [
      'vpcs',
      '<DescribeVpcsResponse><vpcSet><item><vpcId>vpc-1</vpcId></item><item><vpcId>vpc-2</vpcId></item></vpcSet></DescribeVpcsResponse>',
      2,
    ],
    [
      'addresses',
      '<DescribeAddressesResponse><addressesSet><item><publicIp>192.0.2.1</publicIp></item></addressesSet></DescribeAddressesResponse>',
      1,
    ],
    [
      'roles',
      '<GetAccountSummaryResponse><GetAccountSummaryResult><SummaryMap><entry><key>Roles</key><value>42</value></entry></SummaryMap></GetAccountSummaryResult></GetAccountSummaryResponse>',
      42,
    ],
  ] as const)('count %s', async (what, body, count) => {
    aws.answer = () => ({ body });
    expect(await serviceQuotas.inUse('us-east-1', what)).toBe(count);
  });
});
