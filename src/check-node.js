// Says in one line that Node.js is too old, before anything is loaded that such a release cannot read; so this
// file is written in what every release reads. Which ones will do is said by `engines` in package.json.
var engines = require('../package.json').engines.node;
var found = process.versions.node.split('.').map(Number);

function isAtLeast(wanted) {
  for (var i = 0; i < 3; i++) if (found[i] !== wanted[i]) return found[i] > wanted[i];
  return true;
}

var isSupported = engines.split(' || ').some(function (range) {
  var wanted = range.replace(/^\D+/, '').split('.').map(Number);
  return isAtLeast(wanted) && (range.indexOf('>=') === 0 || found[0] === wanted[0]);
});
if (!isSupported) {
  var releases = engines
    .replace(/\^|>=/g, '')
    .replace(/(\.0)+( |$)/g, '$2')
    .replace(/ \|\| /g, ', ');
  console.error(
    'Node.js must be ' +
      releases +
      ' or later, found ' +
      process.versions.node +
      '; install a supported release',
  );
  process.exit(1);
}
