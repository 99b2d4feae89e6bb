import { isPublic, makeVideo, type SimVideo, type VideoDraft } from "./sim-video";

/** All posts of one creator, newest first. Made on first use: a creator of 5,000 costs nothing until somebody looks. */
export class VideoLibrary {
  private made: SimVideo[] | undefined;
  private readonly byId = new Map<string, SimVideo>();
  private readonly owner: string;
  private readonly make: () => readonly SimVideo[];
  private added = 0;

  constructor(owner: string, make: () => readonly SimVideo[]) {
    this.owner = owner;
    this.make = make;
  }

  /** Another library with the same posts, each free to change. One that nobody has used yet stays unmade. */
  copy(): VideoLibrary {
    const made = this.made && structuredClone(this.made);
    const copy = new VideoLibrary(this.owner, made ? () => made : this.make);
    copy.added = this.added;
    return copy;
  }

  all(): readonly SimVideo[] {
    return this.load();
  }

  find(id: string): SimVideo | undefined {
    this.load();
    return this.byId.get(id);
  }

  /** Null while nobody has looked: counting must not make 5,000 posts. */
  publicCount(): number | null {
    return this.made?.filter(isPublic).length ?? null;
  }

  /** Public posts strictly before `cursorMs` (null = from the newest), and whether older public ones remain. */
  publicBefore(cursorMs: number | null, max: number): { videos: SimVideo[]; more: boolean } {
    const videos: SimVideo[] = [];
    for (const video of this.from(cursorMs)) {
      if (!isPublic(video)) continue;
      if (videos.length === max) return { videos, more: true };
      videos.push(video);
    }
    return { videos, more: false };
  }

  /** The last public posts at or after `cursorMs`: what the page before ended with. */
  publicEndingAt(cursorMs: number, max: number): SimVideo[] {
    const newer = this.load().slice(0, this.indexBefore(cursorMs)).filter(isPublic);
    return newer.slice(Math.max(0, newer.length - max));
  }

  /** Adds a post. A ms that is taken moves to the next free one before it. */
  add(draft: VideoDraft): SimVideo {
    const list = this.load();
    let createMs = draft.createMs;
    const taken = new Set(list.map((video) => video.createMs));
    while (taken.has(createMs)) createMs -= 1;
    const video = makeVideo(`${this.owner}:added:${this.added}`, { ...draft, createMs });
    this.added += 1;
    list.splice(this.indexBefore(createMs), 0, video);
    this.byId.set(video.id, video);
    return video;
  }

  private *from(cursorMs: number | null): Generator<SimVideo> {
    const list = this.load();
    for (let i = cursorMs === null ? 0 : this.indexBefore(cursorMs); i < list.length; i += 1) {
      const video = list[i];
      if (video) yield video;
    }
  }

  /** Index of the first post strictly before `ms`. Halving: a deep page of 50,000 posts must not cost a walk. */
  private indexBefore(ms: number): number {
    const list = this.load();
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle]?.createMs ?? 0) >= ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private load(): SimVideo[] {
    if (!this.made) {
      this.made = [...this.make()].sort((a, b) => b.createMs - a.createMs);
      for (const [i, video] of this.made.entries()) {
        if (video.createMs === this.made[i - 1]?.createMs) {
          throw new Error(`${this.owner} has two videos at ${video.createMs} ms`);
        }
        this.byId.set(video.id, video);
      }
    }
    return this.made;
  }
}
