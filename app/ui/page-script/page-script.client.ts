import { wireAlwaysLoad } from "./always-load";
import { defineCountdown } from "./countdown";
import { watchCovers } from "./covers";
import { definePlayer } from "./player";
import { wireShowMore } from "./show-more";
import { wireThemeToggle } from "./theme-toggle";

/** The whole script of a public page, and a part of every other: no framework, a few small elements. */
definePlayer();
defineCountdown();
wireAlwaysLoad();
wireShowMore();
wireThemeToggle();
watchCovers();
