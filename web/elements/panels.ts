// The panels that one sees first; loaded when a lab comes into view, so that a page that nobody scrolls to pays for none of it.
import './bar.ts';
import './draw_panel.ts';
import './model_panel.ts';
import './train_bar.ts';
import './train_panel.ts';
