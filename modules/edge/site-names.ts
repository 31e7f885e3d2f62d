import { Naming } from '../naming/naming';

/**
 * Where CloudFront takes certificates, firewalls and log deliveries from, and reports what it measures; whichever
 * regions an environment has. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
 */
export const EDGE_REGION = 'us-east-1';

/** What a site and its parts are called. A service, a queue or a bucket may have the same name. */
export const siteNames = (naming: Naming, name: string) => {
  const edge = new Naming({ ...naming.place, region: EDGE_REGION });
  return {
    bucket: edge.worldWide(`${name}-site`),
    /** Of all that CloudFront, WAF and the delivery of logs know by name, which is unique in an account. */
    edge: edge.regional(`${name}-site`),
    logGroup: edge.path(`sites/${name}`),
    deployRole: edge.accountWide(`${name}-site-deploy`),
  };
};
