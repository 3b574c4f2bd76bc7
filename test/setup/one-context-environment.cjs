const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');
const shared = new WeakSet();
const { compileFunction } = vm;
vm.compileFunction = (code, params, { parsingContext, ...options } = {}) =>
  compileFunction(code, params, shared.has(parsingContext) ? options : { ...options, parsingContext });
const fs=require('fs');
const ticks = () => { const s = fs.readFileSync('/proc/self/stat','utf8'); const f = s.slice(s.lastIndexOf(')')+2).split(' '); return [11,12,13,14].map(i=>Number(f[i])/100); };
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.p = context.testPath; this.t0 = ticks(); this.w0 = Date.now();
    shared.add(this.context);
    this.global = globalThis;
  }
  async teardown(){ const t = ticks(); const d=t.map((v,i)=>v-this.t0[i]); if (process.env.COST_LOG) fs.appendFileSync(process.env.COST_LOG, JSON.stringify({file:this.p.replace(/^.*\/test\//,'test/'), self:d[0]+d[1], children:d[2]+d[3], wall:(Date.now()-this.w0)/1000})+'\n'); }
};
