import { grantStatements, parseGrant } from '../../../../modules/database/users-task/grants';
import { account, everythingIn, quoted } from '../../../../modules/database/users-task/quote';

describe('a line of SHOW GRANTS', () => {
  const lines: [string, ReturnType<typeof parseGrant>][] = [
    ['GRANT USAGE ON *.* TO `a`@`%`', { privileges: ['USAGE'], on: '*.*', grantable: false }],
    [
      'GRANT SELECT, CREATE TEMPORARY TABLES ON `orders`.* TO `a`@`%` WITH GRANT OPTION',
      { privileges: ['SELECT', 'CREATE TEMPORARY TABLES'], on: '`orders`.*', grantable: true },
    ],
    [
      'GRANT SELECT (`a`, `b`), UPDATE (`x TO y`) ON `o`.`t ON TO u` TO `a`@`%`',
      { privileges: ['SELECT (`a`, `b`)', 'UPDATE (`x TO y`)'], on: '`o`.`t ON TO u`', grantable: false },
    ],
    [
      'GRANT EXECUTE ON PROCEDURE `o`.`p``q` TO `a`@`%`',
      { privileges: ['EXECUTE'], on: 'PROCEDURE `o`.`p``q`', grantable: false },
    ],
    [
      'GRANT `reader`@`%`,`writer ON`@`%` TO `a`@`%`',
      { privileges: ['`reader`@`%`', '`writer ON`@`%`'], on: undefined, grantable: false },
    ],
    [
      "GRANT USAGE ON *.* TO `a`@`%` IDENTIFIED BY PASSWORD '*WITH GRANT OPTION' REQUIRE SSL",
      { privileges: ['USAGE'], on: '*.*', grantable: false },
    ],
    ['REVOKE SELECT ON `mysql`.* FROM `a`@`%`', undefined],
  ];

  test.each(lines)('%s', (line, grant) => {
    expect(parseGrant(line)).toEqual(grant);
  });

  test('of a kind that nobody knows is refused', () => {
    expect(() => parseGrant('GRANT SOMETHING')).toThrow(/SHOW GRANTS/);
  });
});

describe('the statements that give a user its rights', () => {
  const wanted = { privileges: ['SELECT', 'INSERT'], on: '`orders`.*' };
  const nothing = 'GRANT USAGE ON *.* TO `a`@`%`';
  const cases: [string, string[], string[]][] = [
    ['give a new one all of them', [nothing], ['GRANT SELECT, INSERT ON `orders`.* TO `a`@`%`']],
    ['are none where it has them', [nothing, 'GRANT INSERT, SELECT ON `orders`.* TO `a`@`%`'], []],
    [
      'take away what is too much, and give what is missing',
      [nothing, 'GRANT SELECT, DELETE ON `orders`.* TO `a`@`%`'],
      ['REVOKE DELETE ON `orders`.* FROM `a`@`%`', 'GRANT INSERT ON `orders`.* TO `a`@`%`'],
    ],
    [
      'take away everything that is on something else',
      [
        'GRANT PROCESS ON *.* TO `a`@`%` WITH GRANT OPTION',
        'GRANT SELECT, INSERT ON `orders`.* TO `a`@`%`',
        'GRANT SELECT, INSERT ON `users`.* TO `a`@`%`',
        'GRANT SELECT (`id`) ON `users`.`names` TO `a`@`%`',
        'GRANT `rds_superuser_role`@`%` TO `a`@`%`',
      ],
      [
        'REVOKE PROCESS ON *.* FROM `a`@`%`',
        'REVOKE GRANT OPTION ON *.* FROM `a`@`%`',
        'REVOKE SELECT, INSERT ON `users`.* FROM `a`@`%`',
        'REVOKE SELECT (`id`) ON `users`.`names` FROM `a`@`%`',
        'REVOKE `rds_superuser_role`@`%` FROM `a`@`%`',
      ],
    ],
    [
      'take away that it may pass them on',
      ['GRANT SELECT, INSERT ON `orders`.* TO `a`@`%` WITH GRANT OPTION'],
      ['REVOKE GRANT OPTION ON `orders`.* FROM `a`@`%`'],
    ],
    [
      'leave of all privileges those that are wanted',
      ['GRANT ALL PRIVILEGES ON `orders`.* TO `a`@`%`'],
      ['REVOKE ALL PRIVILEGES ON `orders`.* FROM `a`@`%`', 'GRANT SELECT, INSERT ON `orders`.* TO `a`@`%`'],
    ],
  ];

  test.each(cases)('%s', (_what, lines, statements) => {
    expect(grantStatements('a', wanted, lines)).toEqual(statements);
  });
});

describe('names in statements', () => {
  test('cannot end the quotes that they stand in', () => {
    expect(quoted('a`; DROP USER x; -- ')).toBe('`a``; DROP USER x; -- `');
    expect(account("o'hara`")).toBe("`o'hara```@`%`");
  });

  test('of schemas mean themselves and no pattern', () => {
    expect(everythingIn('car_orders', true)).toBe('`car\\_orders`.*');
    expect(everythingIn('car_orders', false)).toBe('`car_orders`.*');
  });
});
