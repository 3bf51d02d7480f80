import fc from 'fast-check'
import { RE2JS, RE2JSException } from 're2js'
import { weightOfPattern } from '/work/main/src/main/domain/pattern.ts'
const tok = fc.constantFrom('a','b','(',')','(?:','(?i)','(?P<x>','[','[^',']','[a-z]','[[:alpha:]]','\\pL','\\p{Greek}','\\PN','\\Q','\\E','\\','\\d','\\w','\\b','^','$','|','*','+','?','{2}','{3,}','{2,5}','{0}','{0,7}','{,3}','{','}','-','\\x{41}','\\101','.','\\(','\\)','(?','(?i:','(?-s)','?','{10}','ſ','😀','\uD800','\n','\0',':','[:','{01}','\\Q)\\E','\\Q\\E')
const {tree}=fc.letrec(tie=>({tree:fc.oneof({depthSize:'small'},fc.constantFrom('a','[a-z]','\\pL','\\Qab\\E','\\Q\\E','.','ab','(?i)','^','$','\\b',''),fc.tuple(tie('tree'),tie('tree')).map(([a,b])=>String(a)+b),fc.tuple(tie('tree'),tie('tree')).map(([a,b])=>`${a}|${b}`),fc.tuple(tie('tree'),fc.constantFrom('*','+','?','{2}','{3,}','{0,5}','{7}','{0}','{1,2}','{1}','*?','{3}?')).map(([a,b])=>`(?:${a})${b}`),fc.tuple(tie('tree'),fc.constantFrom('*','+','{4}','{9,}')).map(([a,b])=>`(${a})${b}`),fc.tuple(tie('tree'),fc.constantFrom('{4}','{9,}')).map(([a,b])=>`${a}${b}`))}));
let compiled=0, worst=Infinity, w=''
const stop=Date.now()+Number(process.argv[2]??60)*1000
let n=0
while(Date.now()<stop){
 const p = fc.sample(fc.oneof(tree,fc.array(tok,{maxLength:25,minLength:1}).map(a=>a.join('')), fc.string({maxLength:30,unit:'binary'})), 500)
 for(const s of p){ n++; const weight=weightOfPattern(s); if(weight>20000) continue; let re; try{re=RE2JS.compile(s)}catch(e){ if(!(e instanceof RE2JSException)) {console.log('OTHER',JSON.stringify(s),e)}; continue}
  compiled++; const r=weight/re.programSize(); if(r<worst){worst=r;w=s}
  if(re.programSize()>weight) {console.log('UNDER',JSON.stringify(s),re.programSize(),weight)} }
}
console.log({n,compiled,worst,w})
