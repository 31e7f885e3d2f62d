/**
 * Arguments of every AWS client. A region that is lost must end a run soon, with a message, instead of
 * letting it hang.
 *
 * @param profile whose credentials, as the machine's AWS configuration calls them. Default: those of the run
 */
export function clientSettings(region: string, profile?: string) {
  // the supported releases of Node are the business of package.json
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  return {
    region,
    ...(profile !== undefined && { profile }),
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 },
  };
}
