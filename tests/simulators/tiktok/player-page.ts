import { escapeHtml } from "./embed-markup";

interface PlayerPage {
  id: string;
  title: string;
  author: string;
  /** Null: there is no such post any more. */
  coverUrl: string | null;
  durationSeconds: number;
  autoplay: boolean;
}

/**
 * A stand-in for TikTok's player: no film, but a cover, a clock and the same messages both ways
 * (`{"x-tiktok-player":true,type,value}`; states: -1 unstarted, 0 ended, 1 playing, 2 paused).
 */
export function playerPage(page: PlayerPage): string {
  const isThere = page.coverUrl !== null;
  const shown = isThere
    ? `<img src="${escapeHtml(page.coverUrl ?? "")}" alt=""><div class="words"><b><bdi>${escapeHtml(page.author.slice(0, 80))}</bdi></b>
<p dir="auto">${escapeHtml([...page.title].slice(0, 160).join(""))}</p></div>
<button id="toggle" aria-label="Play">▶</button><progress id="bar" max="1" value="0" aria-label="Progress"></progress>`
    : `<p class="gone" role="alert">Video currently unavailable</p>`;
  // Numbers and booleans only: nothing of a creator's goes into the script.
  const facts = `{isThere:${isThere},seconds:${Number(page.durationSeconds) || 0},autoplay:${page.autoplay}}`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><title>Simulated player</title><style>${styles}</style></head>
<body data-video-id="${escapeHtml(page.id)}" data-state="unstarted"><p class="label">simulated player</p>${shown}
<script>const facts=${facts};${script}</script></body></html>`;
}

const styles = `html,body{height:100%;margin:0;background:#101114;color:#fff;font:14px/1.4 system-ui,sans-serif}
body{position:relative;overflow:hidden}img{position:absolute;inset:0;width:100%;height:100%;object-fit:cover}
.label{position:absolute;z-index:1;top:8px;left:8px;margin:0;padding:2px 8px;border-radius:6px;background:#000b;font-size:12px}
.words{position:absolute;left:0;right:0;bottom:0;padding:40px 14px 22px;background:linear-gradient(#0000,#000d)}
.words p{margin:4px 0 0;max-height:2.8em;overflow:hidden;overflow-wrap:anywhere}
button{position:absolute;inset:0;margin:auto;width:64px;height:64px;border:0;border-radius:50%;background:#000a;color:#fff;
font-size:24px;cursor:pointer}button:focus-visible{outline:3px solid #fff}
progress{position:absolute;left:12px;right:12px;bottom:10px;width:calc(100% - 24px);height:4px}
.gone{position:absolute;inset:0;margin:auto;height:1.5em;text-align:center}`;

const script = `
const say=(type,value)=>{if(parent!==window)parent.postMessage({"x-tiktok-player":true,type,value},"*")};
if(!facts.isThere){say("onPlayerError",{errorCode:1001,errorType:"video_unavailable"})}else{
const button=document.getElementById("toggle"),bar=document.getElementById("bar");
let at=0,timer,state=-1;
const names={"-1":"unstarted",0:"ended",1:"playing",2:"paused"};
const become=(next)=>{state=next;document.body.dataset.state=names[next];button.textContent=next===1?"❚❚":"▶";
button.setAttribute("aria-label",next===1?"Pause":"Play");say("onStateChange",next)};
const tick=()=>{at=Math.min(at+.25,facts.seconds);bar.value=facts.seconds?at/facts.seconds:1;
say("onCurrentTime",{currentTime:at,duration:facts.seconds});if(at>=facts.seconds){clearInterval(timer);become(0)}};
const play=()=>{if(state===1)return;if(state===0)at=0;clearInterval(timer);timer=setInterval(tick,250);become(1)};
const pause=()=>{if(state!==1)return;clearInterval(timer);become(2)};
button.addEventListener("click",()=>state===1?pause():play());
addEventListener("message",(event)=>{const message=event.data;
if(event.source!==parent||!message||message["x-tiktok-player"]!==true)return;
if(message.type==="play")play();else if(message.type==="pause")pause();
else if(message.type==="mute")say("onMute",true);else if(message.type==="unMute")say("onMute",false);
else if(message.type==="seekTo"&&Number.isFinite(message.value)){at=Math.max(0,Math.min(message.value,facts.seconds));
say("onCurrentTime",{currentTime:at,duration:facts.seconds})}});
say("onPlayerReady");say("onStateChange",-1);if(facts.autoplay)play()}`;
