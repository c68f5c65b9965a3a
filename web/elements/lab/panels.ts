// The panels that one sees first; loaded when a lab comes into view, so that a page that nobody scrolls to pays for none of it.
import './bar.ts';
import '../draw/draw_panel.ts';
import '../model/model_panel.ts';
import '../train/train_bar.ts';
import '../train/train_panel.ts';
