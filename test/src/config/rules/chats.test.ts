import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf } from '../../../support/estate';

const { dev, prod } = environments;
const slack = { workspace: 'T0123ABCD', channel: 'C0123ABCD' };

describe('a chat channel of alarms', () => {
  const both = (ofQa: object, account = '111111111111') =>
    problemsOf({
      shared,
      environments: {
        dev: changed(dev, { alerts: { slack } }),
        qa: changed(environments.qa, { account, alerts: { slack: ofQa } }),
      },
    });

  test('belongs to one environment of an account', () => {
    expect(both(slack)).toEqual([
      'environments/qa.ts: alerts.slack.channel must not be the channel of dev too, which is in the same account, got "C0123ABCD"; make a channel for qa, or let one of them write mail',
    ]);
    expect(both({ ...slack, channel: 'C0456EFGH' })).toEqual([]);
    expect(both(slack, '222222222222')).toEqual([]);
  });

  test('is somebody whom production tells of alarms', () => {
    const inProd = (alerts: object) =>
      problemsOf({ shared, environments: { prod: changed(prod, { alerts: { emails: null, ...alerts } }) } });
    expect(inProd({})).toEqual([]);
    expect(inProd({ slack: null })).toHaveLength(1);
  });

  test('goes by ids', () => {
    const alerts = { slack: { workspace: 'T0123ABCD', channel: '#alerts' } };
    expect(problemsOf({ shared, environments: { dev: changed(dev, { alerts }) } })).toEqual([
      'environments/dev.ts: alerts.slack.channel must be the id of a channel, such as C0123ABCD, got "#alerts"; it is at the end of what Slack shows about the channel',
    ]);
  });
});
