import { Construct } from 'constructs';
import { ElasticacheUser } from '@cdktf/provider-aws/lib/elasticache-user';
import { ElasticacheUserGroup } from '@cdktf/provider-aws/lib/elasticache-user-group';
import { ElasticacheUserGroupAssociation } from '@cdktf/provider-aws/lib/elasticache-user-group-association';
import type { IClient } from '../access/usable';
import type { Naming } from '../naming/naming';
import { cacheUser, replicationGroupNames } from './replication-group-names';
import type { ReplicationGroupSettings } from './replication-group-settings';

export interface CacheUsersProps extends Pick<ReplicationGroupSettings, 'engine'> {
  readonly naming: Naming;
  /** Name of the cache. */
  readonly cache: string;
}

/**
 * Everything with keys and channels; nothing that empties the cache, looks at other clients or changes the
 * server. INFO is dangerous in the eyes of the engine, but clients ask for it when they connect.
 */
const APPLICATION_ACCESS =
  'on ~* &* -@all +@read +@write +@connection +@transaction +@pubsub +@scripting -@dangerous +info';

/** Who may sign in to a cache: one user for each client, by IAM, and nobody else. */
export class CacheUsers extends Construct {
  readonly groupId: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: CacheUsersProps,
  ) {
    super(scope, id);
    this.groupId = this.addGroup();
  }

  /** A user of the client's own. It stands with the client, so that it comes and goes with it. */
  add(client: IClient): ElasticacheUser {
    const { naming, cache, engine } = this.props;
    const scope = new Construct(client, `Cache ${cache}`);
    const { name } = cacheUser(naming, cache, client.name);
    const user = new ElasticacheUser(scope, 'User', {
      // AWS wants the two to be the same where IAM signs in
      userId: name,
      userName: name,
      engine,
      authenticationMode: { type: 'iam' },
      accessString: APPLICATION_ACCESS,
    });
    new ElasticacheUserGroupAssociation(scope, 'Association', {
      userGroupId: this.groupId,
      userId: user.userId,
    });
    return user;
  }

  private addGroup(): string {
    const { naming, cache, engine } = this.props;
    return new ElasticacheUserGroup(this, 'UserGroup', {
      userGroupId: replicationGroupNames(naming, cache).userGroup,
      engine,
      ...(engine === 'redis' && { userIds: [this.addDefaultUser().userId] }),
      // clients join by associations of their own
      lifecycle: { ignoreChanges: ['user_ids'] },
    }).userGroupId;
  }

  /**
   * Redis OSS wants a user `default` in each group, who is whoever does not sign in; this one may do nothing.
   * Valkey wants none, and takes none that needs no password.
   * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
   */
  private addDefaultUser(): ElasticacheUser {
    const { naming, cache, engine } = this.props;
    return new ElasticacheUser(this, 'DefaultUser', {
      userId: replicationGroupNames(naming, cache).defaultUser,
      userName: 'default',
      engine,
      // not by authentication_mode, which AWS reports in another word than it takes: each plan would differ
      noPasswordRequired: true,
      accessString: 'off ~keys* -@all +get',
    });
  }
}
