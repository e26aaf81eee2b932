/** Checked on the compiled code, where imports of types are gone: what is left in a cycle is a cycle at run time. */
module.exports = {
  forbidden: [{ name: 'no-circular', severity: 'error', from: {}, to: { circular: true } }],
  options: { doNotFollow: { path: 'node_modules' }, exclude: { path: '^dist/web/' } },
};
