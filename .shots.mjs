import { chromium } from 'playwright-core';
const demo='http://localhost:4301', portage='http://localhost:4300', emu='http://127.0.0.1:3201';
const b = await chromium.launch({ executablePath:'/usr/bin/chromium', args:['--no-sandbox','--disable-gpu','--disable-quic','--disable-background-networking','--disable-sync'] });
const out='/tmp/pages-shots'; 
import { mkdirSync } from 'node:fs'; mkdirSync(out,{recursive:true});
const kinds=[['light',1280],['dark',1280],['light',390],['dark',390]];
const shots=[];
async function all(path,name,prep){ for(const [colorScheme,width] of kinds){ const c=await b.newContext({colorScheme,viewport:{width,height:900}}); const p=await c.newPage(); p.on('console',m=>{if(m.type()==='error')console.log(name,m.text())}); await p.goto(path); if(prep) await prep(p); const over=await p.evaluate(()=>document.documentElement.scrollWidth-document.documentElement.clientWidth); if(over>0)console.log('OVERFLOW',name,width,over); await p.screenshot({path:`${out}/${name}-${colorScheme}-${width}.png`,fullPage:true}); await c.close(); } }
const step=process.argv[2];
if(step==='1'){
 await all(portage+'/','portage-home'); await all(portage+'/nothing','portage-404'); await all(emu+'/','emu-home'); await all(emu+'/nothing','emu-404'); await all(demo+'/nothing','demo-404');
 await all(demo+'/connect','demo-connect');
 await all(demo+'/connect','demo-refused',async p=>{ await p.locator('summary').click(); for(const x of await p.getByRole('checkbox').all()) await x.check(); await p.getByRole('button',{name:'Connect Google'}).click(); await p.getByRole('alert').waitFor(); });
}
if(step==='2'){
 const c=await b.newContext({viewport:{width:1280,height:900}}); const p=await c.newPage(); await p.goto(demo+'/connect'); await p.getByRole('button',{name:'Connect Google'}).click(); await p.getByRole('button',{name:'Continue to Google'}).click(); await p.getByLabel('One time').check(); await p.getByRole('button',{name:'Allow'}).click(); await p.waitForURL(/con_/);
 await all(demo+'/','demo-running'); await p.goto(demo+'/'); await p.getByText('Your data is here.').waitFor({timeout:120000}); await all(demo+'/','demo-records');
 await p.goto(demo+'/connect'); await p.getByRole('button',{name:'Connect Google'}).click(); await p.getByRole('button',{name:'Continue to Google'}).click(); await p.getByRole('button',{name:'Cancel'}).click(); await p.getByRole('link',{name:'Back to the app'}).click(); await all(demo+'/','demo-declined');
}
await b.close();
